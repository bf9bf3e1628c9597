package io.showreel.sandbox.fault;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.showreel.sandbox.Ids;
import io.showreel.sandbox.journal.Journal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * The only place where it is decided that a fault strikes; others ask here at the moment when one of a kind could. Orders,
 * their counts and what they struck are in a journal, so that a restart goes on where the sandbox ended.
 */
public final class Faults {
    /** What happened to orders; the journal holds these. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "fact")
    public sealed interface Fact {
        String id();

        record Planned(String id, Instant at, Trigger trigger, Fault fault) implements Fact {}

        /** A call that it could have struck and did not. */
        record Spared(String id) implements Fact {}

        record Struck(String id, Instant at, String subject) implements Fact {}

        record Revoked(String id) implements Fact {}
    }

    private final Journal<Fact> journal;
    private final Map<String, Ordered> orders = new LinkedHashMap<>();

    public Faults(Journal<Fact> journal) {
        this.journal = journal;
        journal.replay(this::remember);
    }

    /** Takes one order, or several as an array. Throws a {@code JacksonException} for what is none. */
    public synchronized void plan(JsonNode wanted) {
        var wishes = wanted.isArray()
                ? wanted.values().stream().map(Ordered.Wish::read).toList()
                : List.of(Ordered.Wish.read(wanted));
        for (var wish : wishes) {
            var trigger = wish.trigger().seeded(ThreadLocalRandom.current().nextInt());
            record(new Fact.Planned(Ids.random(8), Instant.now(), trigger, wish.fault()));
        }
        journal.settle();
    }

    /** All orders, in their order; those that are over as well. */
    public synchronized List<Ordered> orders() {
        return List.copyOf(orders.values());
    }

    /** @return whether there is such an order */
    public synchronized boolean revoke(String id) {
        if (!orders.containsKey(id)) {
            return false;
        }
        record(new Fact.Revoked(id));
        return true;
    }

    public synchronized void revokeAll() {
        List.copyOf(orders.keySet()).forEach(this::revoke);
    }

    public synchronized void clear() {
        orders.clear();
        journal.clear();
    }

    /** The fault of this kind that strikes now, if one does. */
    public <F extends Fault> Optional<F> strike(Class<F> kind, Target target) {
        return strike(kind, target, fault -> true);
    }

    /** As above, among those faults that mean this case. */
    public synchronized <F extends Fault> Optional<F> strike(Class<F> kind, Target target, Predicate<F> meant) {
        for (var order : new ArrayList<>(orders.values())) {
            if (!kind.isInstance(order.fault())
                    || isOver(order)
                    || !order.trigger().aimsAt(target)
                    || !meant.test(kind.cast(order.fault()))
                    || order.trigger().spares(order.strikes(target.subject()))) {
                continue;
            }
            if (order.trigger().strikes(order.calls() + 1)) {
                record(new Fact.Struck(order.id(), Instant.now(), target.subject()));
                return Optional.of(kind.cast(order.fault()));
            }
            record(new Fact.Spared(order.id()));
        }
        return Optional.empty();
    }

    /** How often faults of a kind have struck that pass this test. */
    public synchronized <F extends Fault> int strikes(Class<F> kind, Predicate<F> meant) {
        return orders.values().stream()
                .filter(order -> kind.isInstance(order.fault()) && meant.test(kind.cast(order.fault())))
                .mapToInt(order -> order.struck().size())
                .sum();
    }

    private static boolean isOver(Ordered order) {
        var lasting = order.trigger().lasting();
        return order.over()
                || lasting != null && Instant.now().isAfter(order.at().plus(lasting));
    }

    private void record(Fact fact) {
        journal.append(fact);
        remember(fact);
    }

    private void remember(Fact fact) {
        switch (fact) {
            case Fact.Planned planned ->
                orders.put(
                        planned.id(),
                        new Ordered(
                                planned.id(), planned.at(), planned.trigger(), planned.fault(), 0, List.of(), false));
            case Fact.Spared spared ->
                orders.computeIfPresent(spared.id(), (id, order) -> called(order, order.struck()));
            case Fact.Struck struck ->
                orders.computeIfPresent(struck.id(), (id, order) -> {
                    var all = new ArrayList<>(order.struck());
                    all.add(new Ordered.Strike(struck.at(), struck.subject()));
                    return called(order, List.copyOf(all));
                });
            case Fact.Revoked revoked ->
                orders.computeIfPresent(
                        revoked.id(),
                        (id, order) -> new Ordered(
                                id, order.at(), order.trigger(), order.fault(), order.calls(), order.struck(), true));
        }
    }

    private static Ordered called(Ordered order, List<Ordered.Strike> struck) {
        int calls = order.calls() + 1;
        boolean over = order.over()
                || order.trigger().isSpent(calls, struck.size(), order.fault().isMode());
        return new Ordered(order.id(), order.at(), order.trigger(), order.fault(), calls, struck, over);
    }
}
