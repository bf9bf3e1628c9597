package io.showreel.render.start;

import io.showreel.contracts.Usd;
import io.showreel.messaging.Lease;
import io.showreel.messaging.LeasedWork;
import io.showreel.render.account.AccountSettings;
import io.showreel.render.account.Accounts;
import io.showreel.render.take.Attempt;
import io.showreel.render.take.Entry;
import io.showreel.render.take.Fact;
import io.showreel.render.take.Ledger;
import io.showreel.render.take.RenderTakes;
import io.showreel.render.take.Take;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Puts an attempt on record, if the account has a slot and the job has money left. The account's row is locked
 * meanwhile, so that no other replica counts the same slot or the same money.
 */
@Component
class Admission {

    private final Accounts accounts;
    private final Ledger ledger;
    private final RenderTakes takes;
    private final LeasedWork work;
    private final AccountSettings settings;
    private final InstantSource clock;
    private final TransactionalOperator tx;

    Admission(
            Accounts accounts,
            Ledger ledger,
            RenderTakes takes,
            LeasedWork work,
            AccountSettings settings,
            InstantSource clock,
            TransactionalOperator tx) {
        this.accounts = accounts;
        this.ledger = ledger;
        this.takes = takes;
        this.work = work;
        this.settings = settings;
        this.clock = clock;
        this.tx = tx;
    }

    enum Decision {
        ADMITTED,
        /** The account is paused, or all its slots are taken. */
        NO_SLOT,
        /** An input that can't be told from this one, or an earlier attempt of the take, is in flight. */
        TWIN_IN_FLIGHT,
        /** There is nothing to submit any more. */
        ENDED
    }

    Mono<Decision> admit(Lease lease, UUID takeId, Prepared.Ready ready) {
        return accounts.lock(lease.key())
                .flatMap(account -> account.hasSlot(settings, clock.instant())
                        ? admitToSlot(lease, takeId, ready)
                        : Mono.just(Decision.NO_SLOT))
                .as(tx::transactional);
    }

    private Mono<Decision> admitToSlot(Lease lease, UUID takeId, Prepared.Ready ready) {
        return work.confirm(lease)
                .then(hasTwin(lease.key(), ready))
                .flatMap(hasTwin -> hasTwin
                        ? Mono.just(Decision.TWIN_IN_FLIGHT)
                        : ledger.find(takeId).flatMap(entry -> begin(lease, entry, ready)));
    }

    private Mono<Boolean> hasTwin(String account, Prepared.Ready ready) {
        return ready.trace().unique() ? Mono.just(false) : ledger.isTwinInFlight(account, ready.trace());
    }

    private Mono<Decision> begin(Lease lease, Entry entry, Prepared.Ready ready) {
        if (!(entry.take() instanceof Take.Queued queued)) {
            return Mono.just(Decision.ENDED);
        }
        if (queued.hasStray()) {
            return Mono.just(Decision.TWIN_IN_FLIGHT);
        }
        var token = ready.order().token();
        var attempt = queued.next(token, ready.model(), ready.price(), clock.instant());
        return shortage(entry.jobId(), ready.price())
                .flatMap(message -> message.isPresent()
                        ? takes.record(entry.takeId(), new Fact.CapReached(message.get()))
                                .thenReturn(Decision.ENDED)
                        : begin(lease, entry, attempt, ready));
    }

    private Mono<Decision> begin(Lease lease, Entry entry, Attempt attempt, Prepared.Ready ready) {
        return takes.record(entry.takeId(), new Fact.Begun(attempt))
                .flatMap(take -> take instanceof Take.Submitting
                        ? ledger.remember(ready.trace(), lease.epoch()).thenReturn(Decision.ADMITTED)
                        : Mono.just(Decision.ENDED));
    }

    /** Why the job can't pay this, if it can't. */
    private Mono<Optional<String>> shortage(long jobId, Usd price) {
        return ledger.cap(jobId)
                .zipWhen(cap -> ledger.spent(jobId))
                .map(money -> money.getT2().plus(price).compareTo(money.getT1()) > 0
                        ? Optional.of("%s more would exceed the cap of %s: %s are spent or reserved."
                                .formatted(price, money.getT1(), money.getT2()))
                        : Optional.<String>empty())
                .defaultIfEmpty(Optional.empty());
    }
}
