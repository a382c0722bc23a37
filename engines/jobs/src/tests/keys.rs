//! Jobs of which there is one.

use super::*;

testkit::on_both! {
    async fn a_unique_job_replaces_the_one_that_waits(kind) {
        let world = World::new(kind).await;
        let first = world.write(|tx| enqueue_unique(tx, "story/1", &say("old"), START + HOUR)).await;
        let second = world.write(|tx| enqueue_unique(tx, "story/1", &say("new"), START)).await;
        world.write(|tx| enqueue_unique(tx, "story/2", &say("other"), START)).await;
        assert_eq!((first, world.waiting().await), (second, 2));
        world.queue().run_due().await;
        assert_eq!(world.said(), ["new", "other"]);
    }

    async fn a_job_enqueued_once_keeps_the_one_that_waits(kind) {
        let world = World::new(kind).await;
        let first = world.write(|tx| enqueue_once(tx, "key", &say("old"), START)).await;
        let second = world.write(|tx| enqueue_once(tx, "key", &say("new"), START)).await;
        assert_eq!(first, second);
        world.queue().run_due().await;
        assert_eq!(world.said(), ["old"]);
        world.write(|tx| {
            enqueue_once(tx, "key", &say("dead"), START)?;
            tx.run("update jobs set dead_at = 1, attempts = 20", &[])?;
            enqueue_once(tx, "key", &say("alive"), START)
        }).await;
        assert_eq!((world.queue().run_due().await, world.said()), (1, vec!["alive".to_owned()]));
    }

    async fn a_cancelled_job_does_not_run(kind) {
        let world = World::new(kind).await;
        world.write(|tx| enqueue_unique(tx, "key", &say("one"), START)).await;
        assert!(world.write(|tx| cancel(tx, "key")).await);
        assert!(!world.write(|tx| cancel(tx, "key")).await);
        assert_eq!(world.queue().run_due().await, 0);
    }

    async fn a_job_replaced_while_it_runs_runs_again_after_it(kind) {
        let world = World::new(kind).await;
        let said = Arc::clone(&world.said);
        let work = move |context: Context, Say(word): Say| {
            let said = Arc::clone(&said);
            async move {
                said.lock().unwrap().push(word.clone());
                if word == "first" {
                    let replace = |tx: &mut Tx<'_>| enqueue_unique(tx, "key", &say("second"), START);
                    context.db.write(replace).await?;
                    // Nobody else takes it while this one runs.
                    let due = context.db.write(|tx| store::any_due(tx, &[Say::KIND], START)).await;
                    anyhow::ensure!(!due.map_err(|error: Error| error)?, "it could be claimed");
                }
                Ok(())
            }
        };
        world.write(|tx| enqueue_unique(tx, "key", &say("first"), START)).await;
        assert_eq!(world.builder().on(work).build().run_due().await, 2);
        assert_eq!((world.said(), world.waiting().await), (vec!["first".to_owned(), "second".to_owned()], 0));
    }

    async fn keys_are_checked(kind) {
        let world = World::new(kind).await;
        for key in [String::new(), "x".repeat(501), "a\0b".to_owned(), "every/salt".to_owned()] {
            let refused = world.db.write(move |tx| enqueue_unique(tx, &key, &say("x"), START)).await;
            assert!(refused.unwrap_err().to_string().contains("cannot be a job's key"));
        }
    }
}
