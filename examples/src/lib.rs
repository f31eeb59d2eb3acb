//! See the other files of this package.
