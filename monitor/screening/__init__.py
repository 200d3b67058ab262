"""Judgement, pure: values in, values out, `now` an argument. No I/O, no clock, no other room."""
