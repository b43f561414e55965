"""Programs of the dashboard in processes of their own, forked with their libraries loaded."""
