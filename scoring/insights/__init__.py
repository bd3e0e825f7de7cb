"""What a rep should know and do about one lead: risks, opportunities and next actions, each with its evidence; pure."""
