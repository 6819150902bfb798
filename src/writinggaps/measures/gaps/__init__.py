"""Where are the gaps, are they closing, and is it one or two pupils?"""
