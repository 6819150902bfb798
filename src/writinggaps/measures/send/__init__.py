"""Who the pupils with SEN are, and how they attend, behave, do and are provided for."""
