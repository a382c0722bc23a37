//! The program.

/// Gives memory back to the system sooner than the system's own allocator, and is faster with many threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    site::run()
}
