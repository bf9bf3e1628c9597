package io.showreel.system.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What goes wrong, what clients want besides, and when; all of it follows from the seed.
 *
 * @param canceled the number of the job that its client cancels
 * @param cancelAfter how long it has rendered then
 * @param edited the number of the job of which a scene is made anew once its film is there
 */
record ChaosSchedule(
        long seed, List<Blow> blows, String providerFaults, int canceled, Duration cancelAfter, int edited) {

    static final int JOBS = 10;
    static final Duration LENGTH = Duration.ofSeconds(50);
    static final Duration FREEZE = Duration.ofSeconds(30);

    static final String NO_OUTPUT = "nothing";

    /**
     * How often a take has to bear what the provider may do to its predictions; once more, and it may be lost. A take that
     * meets nothing of this may not, whatever else happens.
     */
    static final Map<String, Integer> TO_BE_BORNE = Map.of("E6716", 4, "PA", 2, "aborted", 2, "E005", 0, NO_OUTPUT, 0);

    /** An output that was paid comes as something else so often at most. */
    private static final int UNUSABLE_TRIES_OF_AN_OUTPUT = 2;

    private static final List<String> UNUSABLE = List.of("empty", "wrong_type", "short", "disguised");
    private static final List<String> SERVICES = List.of("asset", "selection", "render", "stitch", "gateway");
    private static final List<String> SERVERS = List.of("kafka", "postgres", "s3", "sandbox");

    /**
     * Something happens to a part.
     *
     * @param freezes whether it stands still for a while; else it is killed
     */
    record Blow(Duration at, String victim, boolean freezes) {}

    /** Each part is killed once, two services twice, and the database stands still for half a minute. */
    static ChaosSchedule of(long seed) {
        var random = new Random(seed);
        var victims = new ArrayList<>(SERVICES);
        victims.addAll(SERVERS);
        var again = new ArrayList<>(SERVICES);
        Collections.shuffle(again, random);
        victims.addAll(again.subList(0, 2));
        var blows = new ArrayList<Blow>();
        for (var victim : victims) {
            blows.add(new Blow(Duration.ofMillis(random.nextLong(LENGTH.toMillis())), victim, false));
        }
        blows.add(new Blow(Duration.ofSeconds(3 + random.nextInt(15)), "postgres", true));
        blows.sort(Comparator.comparing(Blow::at));
        var faults = new ArrayList<String>();
        faults.addAll(stretches(random));
        faults.addAll(nowAndThen(random));
        faults.addAll(forGood(seed, random));
        return new ChaosSchedule(
                seed,
                List.copyOf(blows),
                "[" + String.join(", ", faults) + "]",
                JOBS / 2 + random.nextInt(JOBS / 2),
                Duration.ofMillis(random.nextLong(5_000)),
                random.nextInt(3));
    }

    /** The account itself is refused, its credit and its key too; counted in creates, so that none is missed. */
    private static List<String> stretches(Random random) {
        return List.of(
                stretch(3 + random.nextInt(6), 2, "\"fault\": \"refuse_create\", \"answer\": \"unauthenticated\""),
                stretch(13 + random.nextInt(6), 2, "\"fault\": \"refuse_create\", \"answer\": \"insufficient_credit\""),
                // The first of them is let through, as one each ten seconds is.
                stretch(23 + random.nextInt(6), 3, "\"fault\": \"low_credit\""));
    }

    private static String stretch(int first, int length, String fault) {
        var calls = new ArrayList<Integer>();
        for (int call = first; call < first + length; call++) {
            calls.add(call);
        }
        return "{%s, \"calls\": %s}".formatted(fault, calls);
    }

    /** The provider is unreliable until somebody takes the orders back. */
    private static List<String> nowAndThen(Random random) {
        var orders = new ArrayList<String>();
        orders.add(fault(random, 0.06, "\"fault\": \"drop_answer\""));
        orders.add(fault(random, 0.06, "\"fault\": \"drop_answer\", \"status\": 504"));
        orders.add(fault(random, 0.05, "\"fault\": \"drop_answer\", \"delay\": \"PT3S\""));
        orders.add(fault(random, 0.06, "\"fault\": \"refuse_create\", \"answer\": \"unavailable\""));
        orders.add(fault(random, 0.04, "\"fault\": \"refuse_create\", \"answer\": \"bad_gateway\""));
        orders.add(fault(random, 0.06, "\"fault\": \"refuse_create\", \"answer\": \"throttled\""));
        orders.add(fault(random, 0.02, "\"fault\": \"refuse_call\", \"on\": \"any\", \"answer\": \"internal_error\""));
        orders.add(fault(random, 0.06, "\"fault\": \"fail_run\", \"failure\": \"E6716\""));
        orders.add(fault(random, 0.04, "\"fault\": \"fail_run\", \"failure\": \"PA\", \"running\": true"));
        orders.add(fault(random, 0.04, "\"fault\": \"end_run\", \"as\": \"aborted\""));
        orders.add(fault(random, 0.10, "\"fault\": \"shape_output\", \"as\": \"list\""));
        orders.add(fault(random, 0.10, "\"fault\": \"shape_output\", \"as\": \"object\""));
        orders.add(fault(random, 0.08, "\"fault\": \"spoil_download\", \"how\": \"truncated\""));
        orders.add(fault(random, 0.04, "\"fault\": \"spoil_download\", \"how\": \"unavailable\""));
        orders.add(fault(random, 0.04, "\"fault\": \"spoil_download\", \"how\": \"stalled\", \"over\": \"PT2S\""));
        orders.add(fault(random, 0.08, "\"fault\": \"spoil_download\", \"how\": \"slow\", \"over\": \"PT2S\""));
        var unusable = new ArrayList<>(UNUSABLE);
        Collections.shuffle(unusable, random);
        for (var how : unusable.subList(0, UNUSABLE_TRIES_OF_AN_OUTPUT)) {
            orders.add(fault(random, 0.15, "\"fault\": \"spoil_download\", \"each\": 1, \"how\": \"" + how + "\""));
        }
        for (var how : List.of("dropped", "delayed", "duplicated", "reordered", "badly_signed", "stale")) {
            orders.add(fault(random, 0.10, "\"fault\": \"disturb_webhook\", \"how\": \"" + how + "\""));
        }
        orders.add(fault(random, 0.05, "\"fault\": \"disturb_webhook\", \"times\": 1, \"how\": \"rotated_secret\""));
        orders.add(fault(random, 0.15, "\"fault\": \"refuse_chat\", \"answer\": \"unavailable\""));
        orders.add(fault(random, 0.15, "\"fault\": \"spoil_chat\", \"how\": \"invalid_json\""));
        return orders;
    }

    /** In every other schedule one take can't be had: by turns its input is refused as sensitive, or its output is none. */
    private static List<String> forGood(long seed, Random random) {
        int call = 5 + random.nextInt(15);
        return switch ((int) (seed % 4)) {
            case 2 -> List.of(stretch(call, 1, "\"fault\": \"fail_run\", \"failure\": \"E005\""));
            case 0 -> List.of(stretch(call, 1, "\"fault\": \"shape_output\", \"as\": \"" + NO_OUTPUT + "\""));
            default -> List.of();
        };
    }

    private static String fault(Random random, double probability, String fault) {
        return "{%s, \"probability\": %s, \"seed\": %d}".formatted(fault, probability, random.nextInt(1_000_000));
    }
}
