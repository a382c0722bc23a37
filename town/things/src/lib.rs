//! Wing 3, the kinds of post: stories and the sections they stand in.
