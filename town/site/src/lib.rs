//! The program: serve, setup, users, demo, configuration.
