"""Table in, figure out: map, timeline data, evidence; knows nothing of Streamlit."""
