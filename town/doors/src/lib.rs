//! Wing 4, where it all meets: the front page, the archive, corrections, the desk, first start.
