"""Bringing real things in: releases and registers. One transaction for each run: all of it, or nothing."""
