//! Work that recurs.

use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use super::*;

const DAY: i64 = 24 * HOUR;

/// A queue that counts its daily runs, and fails them while it is told to.
fn daily(world: &World, period_ms: i64) -> (Queue, Arc<AtomicUsize>, Arc<AtomicUsize>) {
    let (runs, failing) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let counts = (Arc::clone(&runs), Arc::clone(&failing));
    let period = Duration::from_millis(period_ms.unsigned_abs());
    let queue = world.builder().every(period, "sweep", move |_| {
        let (runs, failing) = counts.clone();
        async move {
            runs.fetch_add(1, Ordering::SeqCst);
            anyhow::ensure!(failing.load(Ordering::SeqCst) == 0, "on purpose");
            Ok(())
        }
    });
    (queue.build(), runs, failing)
}

testkit::on_both! {
    async fn recurring_work_runs_once_a_period_on_one_of_two_nodes(kind) {
        let world = World::new(kind).await;
        let ((one, runs_of_one, _), (two, runs_of_two, _)) = (daily(&world, DAY), daily(&world, DAY));
        assert_eq!((one.run_due().await, two.run_due().await), (0, 0), "first after one period");
        assert_eq!(world.waiting().await, 0, "a schedule is no job that was left unrun");
        for _ in 0..3 {
            world.pass(DAY);
            assert_eq!(one.run_due().await + two.run_due().await, 1);
        }
        assert_eq!(runs_of_one.load(Ordering::SeqCst) + runs_of_two.load(Ordering::SeqCst), 3);
    }

    async fn time_that_was_missed_is_not_made_up_for(kind) {
        let world = World::new(kind).await;
        let (queue, ..) = daily(&world, DAY);
        queue.run_due().await;
        world.pass(10 * DAY);
        assert_eq!(queue.run_due().await, 1);
    }

    async fn recurring_work_that_fails_is_repeated_soon_and_never_given_up(kind) {
        let world = World::new(kind).await;
        let (queue, runs, failing) = daily(&world, DAY);
        queue.run_due().await;
        world.pass(DAY);
        failing.store(1, Ordering::SeqCst);
        for run in 1..=30 {
            assert_eq!(queue.run_due().await, 1, "run {run}");
            world.pass(if run == 1 { 17_000 } else { DAY });
        }
        failing.store(0, Ordering::SeqCst);
        queue.run_due().await;
        assert_eq!(runs.load(Ordering::SeqCst), 31);
        world.pass(DAY - 1);
        assert_eq!(queue.run_due().await, 0, "back to its period");
    }

    async fn a_period_made_shorter_counts_from_the_next_start(kind) {
        let world = World::new(kind).await;
        daily(&world, 30 * DAY).0.run_due().await;
        let (queue, ..) = daily(&world, HOUR);
        queue.run_due().await;
        world.pass(HOUR);
        assert_eq!(queue.run_due().await, 1);
    }
}
