"""Follows commitments and predictions to their outcome: verdict, evidence and schedule, kept apart."""
