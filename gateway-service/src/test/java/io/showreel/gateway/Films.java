package io.showreel.gateway;

import static org.awaitility.Awaitility.await;

import io.showreel.contracts.scene.SceneRequest.CutRequested;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** Brings many jobs of two scenes to where a test wants them, several at a time. */
final class Films {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int AT_ONCE = 12;

    private final RunningGateway gateway;
    private final OtherServices others;

    Films(RunningGateway gateway, OtherServices others) {
        this.gateway = gateway;
        this.others = others;
    }

    /** Jobs that wait for approval. */
    List<Long> ready(UUID campaign, int number) {
        var jobs = all(IntStream.range(0, number)
                .<Callable<Long>>mapToObj(n -> () -> create(campaign))
                .toList());
        each(jobs, others::select);
        each(jobs, job -> awaitStage(job, "storyboard_ready"));
        return jobs;
    }

    private long create(UUID campaign) {
        return gateway.post("/api/v3/campaigns/" + campaign + "/create-job", "{\"num_scenes\": 2}", "Prefer", "wait=0")
                .json()
                .path("data")
                .path("job_id")
                .asLong();
    }

    /** Says everything that makes the nth cut a film. */
    void finish(long job, int nth) {
        var cut = others.expect(job, CutRequested.class, nth);
        cut.takes().forEach(take -> others.render(cut, take));
        others.close(cut, "0.80");
        publish(cut);
    }

    /** Says that there is a film, which is in no store. */
    void publish(CutRequested cut) {
        others.publish(cut, URI.create("s3://showreel/films/%064d.mp4".formatted(cut.jobId())), "sha", 5);
    }

    void awaitStage(long job, String stage) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> stage(job).equals(stage));
    }

    String stage(long job) {
        return gateway.get("/api/v3/jobs/" + job).json().path("current_stage").asString();
    }

    static void each(List<Long> jobs, LongConsumer action) {
        all(jobs.stream()
                .<Callable<Boolean>>map(job -> () -> {
                    action.accept(job);
                    return true;
                })
                .toList());
    }

    static <T> List<T> all(List<? extends Callable<T>> actions) {
        return all(actions, AT_ONCE);
    }

    static <T> List<T> all(List<? extends Callable<T>> actions, int atOnce) {
        try (var executor = Executors.newFixedThreadPool(atOnce)) {
            var results = executor.invokeAll(actions);
            return results.stream().map(Films::get).toList();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }
}
