"""The pages of the app; only this package imports Streamlit."""
