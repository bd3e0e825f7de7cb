"""The forms of the leads app: what a person may say, and how it becomes criteria, briefs and files."""
