//! How a run may end.

use std::time::Duration;

use super::*;
use crate::delay::{MAX_ATTEMPTS, after};

testkit::on_both! {
    async fn a_failed_job_comes_back_later_with_its_error_kept(kind) {
        let world = World::new(kind).await;
        let id = world.write(|tx| enqueue(tx, &say("bad luck"), START)).await;
        assert_eq!(world.queue().run_due().await, 1);
        let error = world.db.read(|tx| tx.one("select last_error from jobs", &[], |row| row.get::<String>(0))).await;
        assert_eq!(error.map_err(|error: Error| error).unwrap(), "cannot say bad luck");
        world.pass(after(1, id.get()) - 1);
        assert_eq!(world.queue().run_due().await, 0);
        world.pass(1);
        assert_eq!(world.queue().run_due().await, 1);
        world.pass(after(1, id.get()));
        assert_eq!(world.queue().run_due().await, 0, "the second delay is longer");
    }

    async fn a_job_that_always_fails_is_given_up_and_kept(kind) {
        let world = World::new(kind).await;
        let id = world.write(|tx| enqueue(tx, &say("bad"), START)).await;
        let queue = world.queue();
        for _ in 0..MAX_ATTEMPTS {
            assert_eq!(queue.run_due().await, 1);
            world.pass(24 * HOUR);
        }
        assert_eq!((queue.run_due().await, world.waiting().await), (0, 0));
        let given_up = world.write(|tx| dead(tx, 10)).await;
        assert_eq!(given_up.len(), 1);
        assert_eq!((given_up[0].id, given_up[0].attempts), (id, MAX_ATTEMPTS));
        assert_eq!((given_up[0].kind.as_str(), given_up[0].payload.as_str()), ("test.say", "\"bad\""));

        let now = world.now();
        assert!(world.write(move |tx| retry(tx, id, now)).await);
        assert!(!world.write(move |tx| retry(tx, id, now)).await, "it is not dead now");
        assert_eq!(queue.run_due().await, 1);
        assert!(!world.write(move |tx| forget(tx, id)).await, "it has attempts left");
    }

    async fn what_cannot_succeed_is_given_up_at_once(kind) {
        let world = World::new(kind).await;
        let id = world.write(|tx| enqueue(tx, &say("x"), START)).await;
        let hopeless = |_, _: Say| async { Err(give_up(anyhow::anyhow!("no such address"))) };
        assert_eq!(world.builder().on(hopeless).build().run_due().await, 1);
        let given_up = world.write(|tx| dead(tx, 10)).await;
        assert_eq!(given_up[0].last_error, "given up: no such address");
        assert!(world.write(move |tx| forget(tx, id)).await);
        assert!(world.write(|tx| dead(tx, 10)).await.is_empty());
    }

    async fn a_panic_or_an_endless_run_is_a_failure(kind) {
        let world = World::new(kind).await;
        world.write(|tx| enqueue(tx, &say("panic"), START)).await;
        world.write(|tx| enqueue(tx, &say("endless"), START)).await;
        let work = |_, Say(word): Say| async move {
            assert_ne!(word, "panic", "on purpose");
            std::future::pending().await
        };
        let queue = world.builder().on(work).time_limit(Duration::from_millis(5)).build();
        assert_eq!(queue.run_due().await, 2);
        let errors = world.write(|tx| tx.all("select last_error from jobs order by id", &[], |row| row.get::<String>(0))).await;
        assert!(errors[0].contains("panicked") && errors[1].contains("longer than"), "{errors:?}");
    }

    async fn a_content_that_cannot_be_read_is_a_failure(kind) {
        let world = World::new(kind).await;
        world.write(|tx| {
            enqueue(tx, &say("x"), START)?;
            tx.run("update jobs set payload = '{}'", &[])
        }).await;
        assert_eq!(world.queue().run_due().await, 1);
        assert_eq!((world.said().len(), world.waiting().await), (0, 1));
    }
}

#[test]
fn delays_double_up_to_six_hours_and_differ_by_a_tenth() {
    assert_eq!([after(1, 0), after(2, 0), after(3, 0)], [15_000, 30_000, 60_000]);
    for attempt in [12, 20, 64, u32::MAX] {
        assert_eq!(after(attempt, 0), 6 * HOUR);
    }
    let spread: Vec<_> = (0..256).map(|id| after(1, id)).collect();
    assert!(spread.iter().all(|delay| (15_000..=16_500).contains(delay)));
    assert!(spread.iter().collect::<std::collections::HashSet<_>>().len() > 200);
    assert!(after(20, i64::MIN) >= 6 * HOUR && after(20, i64::MAX) <= 7 * HOUR);
}
