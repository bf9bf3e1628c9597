package io.showreel.render.start;

import io.showreel.messaging.Lease;
import io.showreel.messaging.LeaseLostException;
import io.showreel.messaging.LeaseWorker;
import io.showreel.render.take.Entry;
import io.showreel.render.take.Fact;
import io.showreel.render.take.Ledger;
import io.showreel.render.take.RenderTakes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Starts the takes of one account for as long as it holds the lease: one replica does it at a time. The frames of the
 * next takes are made ready while the former wait for their token, so that preparing them costs no pace.
 */
@Component
class AccountPacer implements LeaseWorker.Work {

    private static final Logger log = LoggerFactory.getLogger(AccountPacer.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);
    private static final Duration BEFORE_PREPARING_AGAIN = Duration.ofSeconds(5);

    private final Ledger ledger;
    private final RenderTakes takes;
    private final Preparation preparation;
    private final Admission admission;
    private final SendTake sender;
    private final Throttle throttle;
    private final StartSettings settings;
    private final InstantSource clock;

    AccountPacer(
            Ledger ledger,
            RenderTakes takes,
            Preparation preparation,
            Admission admission,
            SendTake sender,
            Throttle throttle,
            StartSettings settings,
            InstantSource clock) {
        this.ledger = ledger;
        this.takes = takes;
        this.preparation = preparation;
        this.admission = admission;
        this.sender = sender;
        this.throttle = throttle;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void run(Lease lease) throws InterruptedException {
        doubtOrphans(lease);
        var news = new QueueNews(lease.key(), ledger, takes, settings, clock);
        try (var preparations = new Preparations(preparation)) {
            while (lease.isFresh()) {
                if (!startNext(lease, preparations, news)) {
                    Thread.sleep(settings.pollEvery());
                }
            }
        }
        throw new LeaseLostException(lease);
    }

    private boolean startNext(Lease lease, Preparations preparations, QueueNews news) throws InterruptedException {
        try {
            var due = list(ledger.next(lease.key(), settings.lookahead()).collectList());
            preparations.focus(due);
            news.tell();
            return startNext(lease, due, preparations);
        } catch (LeaseLostException e) {
            throw e;
        } catch (RuntimeException e) {
            log.warn("The queue of account {} stands still for {}", lease.key(), AFTER_TROUBLE, e);
            Thread.sleep(AFTER_TROUBLE);
            return true;
        }
    }

    /** Whoever held the lease before may have died between the record and the answer. */
    private void doubtOrphans(Lease lease) {
        for (var orphan : list(ledger.orphans(lease.key(), lease.epoch()).collectList())) {
            var token = orphan.take().latest().token();
            takes.record(orphan.takeId(), new Fact.AnswerLost(token, "Its sender died."))
                    .block(TIMEOUT);
        }
    }

    /** @return whether there may be more to start at once */
    private boolean startNext(Lease lease, List<Entry> due, Preparations preparations) throws InterruptedException {
        if (due.isEmpty() || !hasSlot(lease.key())) {
            return false;
        }
        for (var entry : due) {
            var prepared = preparations.of(entry.takeId());
            if (prepared.isPresent()) {
                return start(lease, entry, prepared.get(), preparations);
            }
        }
        return false;
    }

    private boolean hasSlot(String account) {
        return admission.hasSlot(Objects.requireNonNull(ledger.account(account).block(TIMEOUT)));
    }

    private boolean start(Lease lease, Entry entry, Prepared prepared, Preparations preparations)
            throws InterruptedException {
        switch (prepared) {
            case Prepared.Ready ready -> {
                if (ready.since().plus(settings.readyFor()).isBefore(clock.instant())) {
                    preparations.forget(entry.takeId());
                    return true;
                }
                throttle.awaitStart(lease.key());
                return submit(lease, entry, ready, preparations);
            }
            case Prepared.Unsuitable unsuitable ->
                takes.record(entry.takeId(), new Fact.Unsuitable(unsuitable.message()))
                        .block(TIMEOUT);
            case Prepared.NotNow notNow -> {
                log.warn("Take {} can't be prepared now, and will be again: {}", entry.takeId(), notNow.message());
                takes.delay(entry.takeId(), BEFORE_PREPARING_AGAIN).block(TIMEOUT);
            }
            case Prepared.Pause pause -> {
                log.warn("Account {} pauses for {}: {}", lease.key(), pause.length(), pause.message());
                ledger.pause(lease.key(), pause.length(), pause.message()).block(TIMEOUT);
            }
        }
        preparations.forget(entry.takeId());
        return true;
    }

    private boolean submit(Lease lease, Entry entry, Prepared.Ready ready, Preparations preparations) {
        var decision = Objects.requireNonNull(
                admission.admit(lease, entry.takeId(), ready).block(TIMEOUT));
        return switch (decision) {
            case ADMITTED -> {
                preparations.forget(entry.takeId());
                sender.send(lease, entry.takeId(), ready.order());
                yield true;
            }
            case TWIN_IN_FLIGHT -> {
                takes.delay(entry.takeId(), BEFORE_PREPARING_AGAIN).block(TIMEOUT);
                yield true;
            }
            case ENDED -> {
                preparations.forget(entry.takeId());
                yield true;
            }
            case NO_SLOT -> false;
        };
    }

    private static List<Entry> list(Mono<List<Entry>> rows) {
        return Objects.requireNonNull(rows.block(TIMEOUT));
    }
}
