package io.showreel.stitch.cutting;

import io.showreel.messaging.Errand;
import io.showreel.messaging.Lease;
import io.showreel.messaging.LeasedWork;
import io.showreel.observability.tracing.Spans;
import io.showreel.stitch.assembly.AssembleFilms;
import io.showreel.stitch.assembly.Assembly;
import io.showreel.stitch.assembly.Outcome;
import io.showreel.stitch.assembly.Plan;
import io.showreel.stitch.assembly.TakeOfCut;
import io.showreel.stitch.cutting.Editor.Effort;
import io.showreel.stitch.cutting.Editor.Urgency;
import io.showreel.stitch.editing.EditList;
import io.showreel.stitch.editing.EditList.Shot;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * The transactions of those who prepare clips, needed ones first and others ahead of time.
 *
 * <pre>
 * the cut is   needed             ahead of time
 * Gathering    prepare            prepare
 * Ready        left to cutting    after cutting
 * Cutting      left to cutting    after cutting
 * Published    -                  prepare
 * otherwise    -                  -
 * </pre>
 */
@Component
class PreparationLedger {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration AFTER_CUTTING = Duration.ofSeconds(5);

    private final AssembleFilms assembling;
    private final LeasedWork work;
    private final TransactionalOperator transaction;
    private final CuttingSettings settings;
    private final Spans spans;

    PreparationLedger(
            AssembleFilms assembling,
            LeasedWork work,
            TransactionalOperator transaction,
            CuttingSettings settings,
            Spans spans) {
        this.assembling = assembling;
        this.work = work;
        this.transaction = transaction;
        this.settings = settings;
        this.spans = spans;
    }

    /** @param edits the film with the clips that are there by now */
    record Preparation(EditList edits, Shot shot, Effort effort, Urgency urgency) {}

    /** Until it is closed, this thread works in the name of whoever changed the cut last. */
    Errand errand(TakeOfCut take) {
        var cut = take.cut();
        var origin = Objects.requireNonNull(assembling.origin(cut).block(PATIENCE));
        return Errand.begin(spans, "prepare clip", Long.toString(cut.jobId()), origin)
                .tag("showreel.cut", cut.toString())
                .tag("showreel.take.id", take.takeId().toString());
    }

    /** What has to be prepared; empty if nothing has to be now, which then is settled. */
    Optional<Preparation> begin(Lease lease, TakeOfCut take) {
        var begun = assembling
                .look(take.cut())
                .flatMap(now -> isAhead(lease) ? ahead(lease, take, now) : needed(lease, take, now));
        return in(take, begun).blockOptional(PATIENCE);
    }

    private Mono<Preparation> needed(Lease lease, TakeOfCut take, Assembly now) {
        return now instanceof Assembly.Gathering gathering
                ? begin(lease, take, gathering.plan(), gathering.settled())
                : nothing(lease);
    }

    private Mono<Preparation> ahead(Lease lease, TakeOfCut take, Assembly now) {
        return switch (now) {
            case Assembly.Gathering gathering -> begin(lease, take, gathering.plan(), gathering.settled());
            case Assembly.Ready cuttingComesFirst -> later(lease);
            case Assembly.Cutting cuttingComesFirst -> later(lease);
            case Assembly.Published published ->
                published.plan() == null ? nothing(lease) : begin(lease, take, published.plan(), published.settled());
            case Assembly.Unplanned over -> nothing(lease);
            case Assembly.Failed over -> nothing(lease);
            case Assembly.Halted over -> nothing(lease);
            case Assembly.Withdrawn over -> nothing(lease);
        };
    }

    private Mono<Preparation> begin(Lease lease, TakeOfCut take, Plan plan, Map<UUID, Outcome> settled) {
        var edits = EditList.of(plan, settled);
        var shot = edits.shots().stream()
                .filter(each -> each.takeId().equals(take.takeId()))
                .findFirst();
        if (shot.isEmpty()) {
            return nothing(lease);
        }
        var urgency = isAhead(lease) ? Urgency.IDLE : Urgency.SOON;
        var effort = isAhead(lease) || EditList.wantsTransitions(plan) ? Effort.ALL : Effort.NEEDED;
        return work.confirm(lease).thenReturn(new Preparation(edits, shot.get(), effort, urgency));
    }

    private Mono<Preparation> nothing(Lease lease) {
        return work.complete(lease).then(Mono.empty());
    }

    private static boolean isAhead(Lease lease) {
        return lease.queue().equals(AssembleFilms.AHEAD);
    }

    private Mono<Preparation> later(Lease lease) {
        return work.postpone(lease, Instant.now().plus(AFTER_CUTTING)).then(Mono.empty());
    }

    /** Whether anybody could still use the result. */
    boolean isWanted(TakeOfCut take) {
        return Boolean.TRUE.equals(in(take, assembling.look(take.cut()))
                .map(now -> now instanceof Assembly.Gathering
                        || now instanceof Assembly.Ready
                        || now instanceof Assembly.Cutting
                        || now instanceof Assembly.Published)
                .block(PATIENCE));
    }

    /** @param thumbnail of the clip; empty if it can't be read */
    void prepared(Lease lease, TakeOfCut take, UUID sceneId, Optional<URI> thumbnail) {
        var shown = Mono.justOrEmpty(thumbnail).flatMap(picture -> assembling.shown(take, sceneId, picture));
        var further = settings.prepareAhead() && thumbnail.isPresent() && !isAhead(lease)
                ? assembling.prepareAhead(take)
                : Mono.<Void>empty();
        in(take, shown.then(further).then(work.complete(lease))).block(PATIENCE);
    }

    void putOff(Lease lease, Duration wait) {
        work.postpone(lease, Instant.now().plus(wait))
                .as(transaction::transactional)
                .block(PATIENCE);
    }

    /** The cutting will do it, if it has to be done. */
    void leave(Lease lease) {
        work.complete(lease).as(transaction::transactional).block(PATIENCE);
    }

    private <T> Mono<T> in(TakeOfCut take, Mono<T> changes) {
        return assembling.asOriginated(take.cut(), changes).as(transaction::transactional);
    }
}
