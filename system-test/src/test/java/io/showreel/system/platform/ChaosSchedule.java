package io.showreel.system.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** What goes wrong, and when; all of it follows from the seed. */
record ChaosSchedule(long seed, List<Blow> blows, String providerFaults) {

    static final Duration LENGTH = Duration.ofSeconds(50);
    static final Duration FREEZE = Duration.ofSeconds(30);

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
        return new ChaosSchedule(seed, List.copyOf(blows), faults(random));
    }

    /** The provider is unreliable until somebody takes the orders back. */
    private static String faults(Random random) {
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
        orders.add(fault(random, 0.08, "\"fault\": \"spoil_download\", \"how\": \"truncated\""));
        orders.add(fault(random, 0.04, "\"fault\": \"spoil_download\", \"how\": \"unavailable\""));
        for (var how : List.of("dropped", "duplicated", "reordered", "badly_signed", "stale")) {
            orders.add(fault(random, 0.10, "\"fault\": \"disturb_webhook\", \"how\": \"" + how + "\""));
        }
        orders.add(fault(random, 0.15, "\"fault\": \"refuse_chat\", \"answer\": \"unavailable\""));
        orders.add(fault(random, 0.15, "\"fault\": \"spoil_chat\", \"how\": \"invalid_json\""));
        return "[" + String.join(", ", orders) + "]";
    }

    private static String fault(Random random, double probability, String fault) {
        return "{%s, \"probability\": %s, \"seed\": %d}".formatted(fault, probability, random.nextInt(1_000_000));
    }
}
