package io.showreel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.job.JobEvent;
import io.showreel.contracts.scene.SceneRequest;
import io.showreel.contracts.scene.SceneRequest.CutRequested;
import io.showreel.gateway.RunningGateway.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two people click at once, each at a replica of his own: two instances with their own ports, pools and event loops over
 * one database and one broker. Looked at from outside only. Whoever lost has a head start in the next round, so that both
 * win, and meet as closely as can be. The rounds can be set by {@code showreel.races.rounds}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RaceTest {

    private static final int ROUNDS = Integer.getInteger("showreel.races.rounds", 200);

    private static final Neighbourhood neighbours = Installation.shared().neighbours;
    private static final OtherServices others = Installation.shared().others;
    private static final RunningGateway gateway = Installation.shared().gateway;
    private static final RunningGateway replica = Installation.shared().replica;
    private static final Films films = new Films(gateway, others);
    private static final UUID CAMPAIGN = neighbours.campaign(UUID.randomUUID(), 4);
    private static final Map<String, Map<String, Integer>> TABLE = new TreeMap<>();

    /** Jobs of earlier races that later ones go on with. */
    private static List<Long> approved = List.of();

    private static final List<Long> completed = new ArrayList<>();

    /** What the two were told. */
    private record Round(long job, Answer one, @Nullable Answer other) {

        boolean oneWon() {
            return one.status() < 300;
        }

        String outcome() {
            return one.status() + (other == null ? "" : " / " + other.status());
        }
    }

    @AfterAll
    static void print() {
        System.out.printf("%nRaces over HTTP, %d rounds each, two replicas%n", ROUNDS);
        TABLE.forEach((race, outcomes) -> System.out.printf("  %-22s %s%n", race, outcomes));
    }

    @Test
    @Order(1)
    void approve_and_edit() {
        var jobs = films.ready(CAMPAIGN, ROUNDS);
        var scenes = new TreeMap<Long, String>();
        jobs.forEach(job -> scenes.put(job, firstScene(job)));
        var rounds = race(
                "approve / edit",
                jobs,
                job -> () -> approveSeen(gateway, job),
                job -> () -> replica.send(
                        "PUT", job(job) + "/scenes/" + scenes.get(job), "{\"prompt\": \"somebody else's wish\"}"));

        for (var round : rounds) {
            assertThat(round.outcome()).isIn("200 / 422", "412 / 200");
            if (round.one().status() == 200) {
                assertThat(others.expect(round.job(), CutRequested.class, 1)
                                .takes()
                                .getFirst()
                                .input()
                                .prompt())
                        .as("what was approved is what was seen")
                        .isEqualTo("a slow dolly forward");
            } else {
                assertThat(films.stage(round.job())).isEqualTo("storyboard_ready");
            }
        }
    }

    @Test
    @Order(2)
    void approve_twice() {
        approved = films.ready(CAMPAIGN, ROUNDS);
        var rounds = race(
                "approve / approve",
                approved,
                job -> () -> gateway.post(job(job) + "/approve", "{}"),
                job -> () -> replica.post(job(job) + "/approve", "{}"));

        for (var round : rounds) {
            assertThat(round.outcome()).isIn("200 / 422", "422 / 200");
            others.expect(round.job(), CutRequested.class, 1);
        }
        assertThat(approved).allSatisfy(job -> assertThat(others.heard(job, CutRequested.class))
                .hasSize(1));
    }

    @Test
    @Order(3)
    void cancel_and_complete() {
        Films.each(approved, job -> {
            var cut = others.expect(job, CutRequested.class, 1);
            cut.takes().forEach(take -> others.render(cut, take));
            // The film comes last, or that all is paid.
            if (job % 2 == 0) {
                others.close(cut, "0.80");
            } else {
                films.publish(cut);
            }
        });
        var rounds =
                race("cancel / complete", approved, job -> () -> gateway.post(job(job) + "/cancel", ""), job -> () -> {
                    var cut = others.expect(job, CutRequested.class, 1);
                    if (job % 2 == 0) {
                        films.publish(cut);
                    } else {
                        others.close(cut, "0.80");
                    }
                    return null;
                });

        for (var round : rounds) {
            if (round.oneWon()) {
                films.awaitStage(round.job(), "canceled");
                others.expect(round.job(), JobEvent.JobCanceled.class, 1);
                others.expect(round.job(), SceneRequest.CutWithdrawn.class, 1);
            } else {
                assertThat(round.one().code()).isEqualTo("job_not_cancelable");
                films.awaitStage(round.job(), "completed");
                others.expect(round.job(), JobEvent.JobCompleted.class, 1);
                completed.add(round.job());
            }
        }
        assertThat(rounds).allSatisfy(round -> {
            assertThat(others.heard(round.job(), JobEvent.JobCanceled.class)).hasSize(round.oneWon() ? 1 : 0);
            assertThat(others.heard(round.job(), SceneRequest.CutWithdrawn.class))
                    .hasSize(round.oneWon() ? 1 : 0);
            assertThat(others.heard(round.job(), JobEvent.JobCompleted.class)).hasSize(round.oneWon() ? 0 : 1);
        });
    }

    @Test
    @Order(4)
    void regenerate_twice() {
        var more = films.ready(CAMPAIGN, Math.max(0, ROUNDS - completed.size()));
        Films.each(more, job -> {
            gateway.post(job(job) + "/approve", "{}");
            films.finish(job, 1);
        });
        Films.each(more, job -> films.awaitStage(job, "completed"));
        completed.addAll(more);
        var jobs = completed.subList(0, ROUNDS);
        var scenes = new TreeMap<Long, String>();
        jobs.forEach(job -> scenes.put(job, firstScene(job)));
        var rounds = race(
                "regenerate / regenerate",
                jobs,
                job -> () -> gateway.post(job(job) + "/scenes/" + scenes.get(job) + "/regenerate", "{}"),
                job -> () -> replica.post(job(job) + "/scenes/" + scenes.get(job) + "/regenerate", "{}"));

        for (var round : rounds) {
            assertThat(round.outcome()).isIn("200 / 409", "409 / 200");
            var first = others.expect(round.job(), CutRequested.class, 1);
            var second = others.expect(round.job(), CutRequested.class, 2);
            assertThat(second.takes().getFirst().takeId())
                    .isNotEqualTo(first.takes().getFirst().takeId());
            assertThat(second.takes().getLast().takeId())
                    .isEqualTo(first.takes().getLast().takeId());
        }
        assertThat(jobs).allSatisfy(job -> assertThat(others.heard(job, CutRequested.class))
                .hasSize(2));
    }

    @Test
    @Order(5)
    void delete_and_approve() {
        var jobs = films.ready(CAMPAIGN, ROUNDS);
        var rounds = race(
                "delete / approve",
                jobs,
                job -> () -> gateway.send("DELETE", job(job), null),
                job -> () -> replica.post(job(job) + "/approve", "{}"));

        for (var round : rounds) {
            assertThat(round.outcome()).isIn("204 / 404", "409 / 200");
            if (round.one().status() == 204) {
                others.expect(round.job(), JobEvent.JobDeleted.class, 1);
                assertThat(others.heard(round.job(), CutRequested.class)).isEmpty();
                assertThat(gateway.get(job(round.job())).status()).isEqualTo(404);
            } else {
                others.expect(round.job(), CutRequested.class, 1);
                assertThat(others.heard(round.job(), JobEvent.JobDeleted.class)).isEmpty();
                assertThat(gateway.get(job(round.job())).status()).isEqualTo(200);
            }
        }
    }

    private static List<Round> race(
            String name, List<Long> jobs, LongFunction<Callable<Answer>> one, LongFunction<Callable<Answer>> other) {
        var start = new HeadStart();
        var rounds = Films.all(jobs.stream()
                .<Callable<Round>>map(job -> () -> round(job, start, one.apply(job), other.apply(job)))
                .toList());
        var outcomes = TABLE.computeIfAbsent(name, race -> new TreeMap<>());
        rounds.forEach(round -> outcomes.merge(round.outcome(), 1, Integer::sum));
        assertThat(rounds).as("each has won").extracting(Round::oneWon).contains(true, false);
        return rounds;
    }

    private static Round round(long job, HeadStart start, Callable<Answer> one, Callable<Answer> other)
            throws Exception {
        long ahead = start.ofOther();
        var running = new FutureTask<>(() -> {
            Thread.sleep(Math.max(0, -ahead));
            return other.call();
        });
        Thread.ofVirtual().start(running);
        Thread.sleep(Math.max(0, ahead));
        var round = new Round(job, one.call(), Films.get(running));
        start.won(round.oneWon());
        return round;
    }

    /**
     * Moves towards whoever lost by a millisecond after each round, and faster while the same one goes on winning: several
     * rounds are under way at once, and what a film needs over the broker depends on the machine.
     */
    private static final class HeadStart {

        private static final long MOST = 2_000;
        private static final int PATIENCE = 12;

        private long millis;
        private int inRow;

        /** How many milliseconds the other begins earlier; less than none if later. */
        synchronized long ofOther() {
            return millis;
        }

        synchronized void won(boolean one) {
            inRow = one ? Math.max(0, inRow) + 1 : Math.min(0, inRow) - 1;
            millis = Math.clamp(millis + (one ? 1 : -1) + inRow / PATIENCE, -MOST, MOST);
        }
    }

    private static Answer approveSeen(RunningGateway at, long job) {
        return at.post(job(job) + "/approve", "{}", "If-Match", "\"1.0\"");
    }

    private static String firstScene(long job) {
        return gateway.get(job(job) + "/scenes")
                .json()
                .path("scenes")
                .path(0)
                .path("id")
                .asString();
    }

    private static String job(long id) {
        return "/api/v3/jobs/" + id;
    }
}
