//! Queues in the background, and several on one database.

use std::sync::atomic::AtomicUsize;

use tokio::sync::{mpsc, oneshot};

use super::*;
use crate::store;

testkit::on_both! {
    async fn two_nodes_share_the_work_and_do_nothing_twice(kind) {
        let world = World::new(kind).await;
        let (tell, mut told) = mpsc::unbounded_channel();
        let node = || {
            let tell = tell.clone();
            let work = move |_, Say(word): Say| {
                let tell = tell.clone();
                async move { Ok(tell.send(word)?) }
            };
            world.builder().on(work).concurrency(3).build()
        };
        let nodes = [node(), node()];
        world.write(|tx| (0..60).try_for_each(|number| enqueue(tx, &say(&number.to_string()), START).map(|_| ()))).await;
        nodes.iter().for_each(Queue::start);
        let mut words = Vec::new();
        for _ in 0..60 {
            words.push(told.recv().await.unwrap());
        }
        for node in &nodes {
            node.stop().await;
        }
        words.sort_unstable();
        words.dedup();
        assert_eq!((words.len(), world.waiting().await), (60, 0));
        assert!(told.try_recv().is_err(), "none ran twice");
    }

    async fn a_bell_wakes_and_a_stop_waits_for_what_runs(kind) {
        let world = World::new(kind).await;
        let (bell, done) = (Bell::default(), Arc::new(AtomicUsize::new(0)));
        let (begun, mut begins) = mpsc::unbounded_channel();
        let (release, held) = oneshot::channel::<()>();
        let (held, count) = (Arc::new(tokio::sync::Mutex::new(Some(held))), Arc::clone(&done));
        let work = move |_, _: Say| {
            let (begun, held, count) = (begun.clone(), Arc::clone(&held), Arc::clone(&count));
            async move {
                begun.send(())?;
                let held = held.lock().await.take();
                if let Some(held) = held { held.await?; }
                count.fetch_add(1, Ordering::SeqCst);
                Ok(())
            }
        };
        let queue = world.builder().on(work).bell(&bell).concurrency(1).build();
        queue.start();
        world.write(|tx| enqueue(tx, &say("one"), START)).await;
        bell.ring();
        begins.recv().await.unwrap();
        let mut stopping = std::pin::pin!(queue.stop());
        tokio::select! {
            biased;
            () = &mut stopping => panic!("it waits for the job that runs"),
            () = std::future::ready(()) => {}
        }
        world.write(|tx| enqueue(tx, &say("two"), START)).await;
        release.send(()).unwrap();
        stopping.await;
        assert_eq!(done.load(Ordering::SeqCst), 1, "the one that ran is done");
        assert_eq!(world.waiting().await, 1, "the other one waits");
        queue.start();
        queue.stop().await;
        assert_eq!(world.waiting().await, 1, "a stopped queue stays stopped");
    }

    async fn no_more_run_at_a_time_than_allowed(kind) {
        let world = World::new(kind).await;
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (tell, mut told) = mpsc::unbounded_channel();
        let counts = (Arc::clone(&now), Arc::clone(&most));
        let work = move |_, _: Say| {
            let ((now, most), tell) = (counts.clone(), tell.clone());
            async move {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                for _ in 0..20 { tokio::task::yield_now().await; }
                now.fetch_sub(1, Ordering::SeqCst);
                Ok(tell.send(())?)
            }
        };
        world.write(|tx| (0..20).try_for_each(|_| enqueue(tx, &say("x"), START).map(|_| ()))).await;
        let queue = world.builder().on(work).concurrency(2).build();
        queue.start();
        for _ in 0..20 { told.recv().await.unwrap(); }
        queue.stop().await;
        assert!(most.load(Ordering::SeqCst) <= 2);
    }

    async fn the_job_of_a_node_that_died_is_taken_up_when_its_lease_ends(kind) {
        let world = World::new(kind).await;
        world.write(|tx| enqueue(tx, &say("one"), START)).await;
        let claim = |now| move |tx: &mut Tx<'_>| store::claim(tx, &[Say::KIND], now, now + HOUR, 10);
        let mut lost = world.write(claim(START)).await;
        assert_eq!((lost.len(), lost[0].attempt), (1, 1));
        assert_eq!(world.queue().run_due().await, 0, "the lease holds");
        world.pass(HOUR);
        let taken = world.write(claim(world.now())).await;
        assert_eq!((taken.len(), taken[0].attempt), (1, 2));

        let lost = lost.remove(0);
        world.write(move |tx| store::settle(tx, &lost, &store::End::Done)).await;
        assert_eq!(world.waiting().await, 1, "who lost the lease does not end another's job");
        assert_eq!(world.queue().run_due().await, 0, "nor its lease");
    }

    async fn a_job_that_always_ends_the_program_is_given_up(kind) {
        let world = World::new(kind).await;
        world.write(|tx| enqueue(tx, &say("crash"), START)).await;
        world.write(|tx| tx.run("update jobs set attempts = 20", &[])).await;
        assert_eq!((world.queue().run_due().await, world.said().len()), (1, 0));
        let given_up = world.write(|tx| dead(tx, 1)).await;
        assert!(given_up[0].last_error.contains("the program ended 20 times"));
    }
}
