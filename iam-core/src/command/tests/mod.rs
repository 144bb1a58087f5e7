//! Commands decided on an in-memory world.
