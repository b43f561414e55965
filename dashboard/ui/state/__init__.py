"""The one owner of session state and address bar."""
