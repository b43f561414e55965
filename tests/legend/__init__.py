"""Tests of dashboard/legend."""
