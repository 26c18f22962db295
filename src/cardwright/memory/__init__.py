"""What one run leaves for the next: committed files of one JSON object a line."""
