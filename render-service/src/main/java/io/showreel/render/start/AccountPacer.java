package io.showreel.render.start;

import io.showreel.messaging.Lease;
import io.showreel.messaging.LeaseLostException;
import io.showreel.messaging.LeaseWorker;
import io.showreel.render.account.Account;
import io.showreel.render.account.AccountSettings;
import io.showreel.render.account.Accounts;
import io.showreel.render.model.Model;
import io.showreel.render.model.ModelHealth;
import io.showreel.render.model.Models;
import io.showreel.render.take.Doorbell;
import io.showreel.render.take.Entry;
import io.showreel.render.take.Fact;
import io.showreel.render.take.Ledger;
import io.showreel.render.take.RenderTakes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Starts the takes of one account for as long as it holds the lease: one replica does it at a time. The frames of the
 * next takes are made ready while the former wait for their turn, so that preparing them costs no pace.
 */
@Component
class AccountPacer implements LeaseWorker.Work {

    private static final Logger log = LoggerFactory.getLogger(AccountPacer.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);
    private static final Duration BEFORE_PREPARING_AGAIN = Duration.ofSeconds(5);
    private static final Duration BEFORE_CASTING_AGAIN = Duration.ofSeconds(30);

    private final Ledger ledger;
    private final RenderTakes takes;
    private final Accounts accounts;
    private final Models models;
    private final ModelHealth health;
    private final Preparation preparation;
    private final Admission admission;
    private final SendTake sender;
    private final Throttle throttle;
    private final Doorbell doorbell;
    private final AccountMeters meters;
    private final StartSettings settings;
    private final AccountSettings accountSettings;
    private final InstantSource clock;

    AccountPacer(
            Ledger ledger,
            RenderTakes takes,
            Accounts accounts,
            Models models,
            ModelHealth health,
            Preparation preparation,
            Admission admission,
            SendTake sender,
            Throttle throttle,
            Doorbell doorbell,
            AccountMeters meters,
            StartSettings settings,
            AccountSettings accountSettings,
            InstantSource clock) {
        this.ledger = ledger;
        this.takes = takes;
        this.accounts = accounts;
        this.models = models;
        this.health = health;
        this.preparation = preparation;
        this.admission = admission;
        this.sender = sender;
        this.throttle = throttle;
        this.doorbell = doorbell;
        this.meters = meters;
        this.settings = settings;
        this.accountSettings = accountSettings;
        this.clock = clock;
    }

    @Override
    public void run(Lease lease) throws InterruptedException {
        doubtOrphans(lease);
        throttle.open(lease.key(), known(accounts.find(lease.key())).pace(accountSettings, clock.instant()));
        var news = new QueueNews(ledger, takes, models, accountSettings, clock);
        try (var door = doorbell.at(lease.key());
                var preparations = new Preparations(preparation, door::ring)) {
            while (lease.isFresh()) {
                step(lease, preparations, news).spend(door);
            }
        } finally {
            meters.forget(lease.key());
        }
        throw new LeaseLostException(lease);
    }

    /**
     * For how long there is nothing to do.
     *
     * @param untilNews whether a take that enters, or is ready now, ends it
     */
    private record Pause(Duration length, boolean untilNews) {

        static final Pause NONE = new Pause(Duration.ZERO, false);

        void spend(Doorbell.Door door) throws InterruptedException {
            if (untilNews) {
                door.await(length);
            } else {
                Thread.sleep(length);
            }
        }
    }

    private Pause step(Lease lease, Preparations preparations, QueueNews news) throws InterruptedException {
        try {
            var account = known(accounts.find(lease.key()));
            meters.show(account, clock.instant());
            var cast = cast(lease.key());
            preparations.focus(cast);
            news.tell(account);
            return startNext(lease, account, List.copyOf(cast.keySet()), preparations);
        } catch (LeaseLostException e) {
            throw e;
        } catch (RuntimeException e) {
            log.warn("The queue of account {} stands still for {}", lease.key(), AFTER_TROUBLE, e);
            return new Pause(AFTER_TROUBLE, false);
        }
    }

    /** The next takes, each with the model that is to render it. */
    private Map<Entry, Model> cast(String account) {
        var now = clock.instant();
        var shut = known(health.ailing(account)
                .filter(ailing -> ailing.isShut(now))
                .map(ModelHealth.Ailing::model)
                .collect(Collectors.toSet()));
        var casting = new Casting(models, shut);
        var cast = new LinkedHashMap<Entry, Model>();
        for (var entry : known(ledger.next(account, casting.withoutStandIn(), settings.lookahead())
                .collectList())) {
            casting.modelFor(entry).ifPresentOrElse(model -> cast.put(entry, model), () -> pass(entry, shut));
        }
        return cast;
    }

    private void pass(Entry entry, Set<String> shut) {
        var model = entry.input().model();
        if (shut.contains(model)) {
            takes.delay(entry.takeId(), BEFORE_CASTING_AGAIN).block(TIMEOUT);
        } else {
            takes.record(entry.takeId(), new Fact.Unsuitable("There is no model " + model))
                    .block(TIMEOUT);
        }
    }

    /** Whoever held the lease before may have died between the record and the answer. */
    private void doubtOrphans(Lease lease) {
        for (var orphan : known(ledger.orphans(lease.key(), lease.epoch()).collectList())) {
            var token = orphan.take().latest().token();
            takes.record(orphan.takeId(), new Fact.AnswerLost(token, "Its sender died."))
                    .block(TIMEOUT);
        }
    }

    private Pause startNext(Lease lease, Account account, List<Entry> due, Preparations preparations)
            throws InterruptedException {
        if (!account.hasSlot(accountSettings, clock.instant())) {
            return new Pause(settings.pollEvery(), false);
        }
        for (var entry : due) {
            var prepared = preparations.of(entry.takeId());
            if (prepared.isPresent()) {
                return start(lease, account, entry, prepared.get(), preparations);
            }
        }
        return new Pause(settings.pollEvery(), true);
    }

    private Pause start(Lease lease, Account account, Entry entry, Prepared prepared, Preparations preparations)
            throws InterruptedException {
        switch (prepared) {
            case Prepared.Ready ready -> {
                if (!ready.since().plus(settings.readyFor()).isBefore(clock.instant())) {
                    return startReady(lease, account, entry, ready, preparations);
                }
            }
            case Prepared.Unsuitable unsuitable ->
                takes.record(entry.takeId(), new Fact.Unsuitable(unsuitable.message()))
                        .block(TIMEOUT);
            case Prepared.NotNow notNow -> {
                log.warn("Take {} can't be prepared now, and will be again: {}", entry.takeId(), notNow.message());
                takes.delay(entry.takeId(), BEFORE_PREPARING_AGAIN).block(TIMEOUT);
            }
        }
        preparations.forget(entry.takeId());
        return Pause.NONE;
    }

    private Pause startReady(Lease lease, Account account, Entry entry, Prepared.Ready ready, Preparations preparations)
            throws InterruptedException {
        var pace = account.pace(accountSettings, clock.instant());
        var wait = throttle.tryStart(lease.key(), pace);
        if (wait.isPositive() && wait.compareTo(settings.pollEvery()) <= 0) {
            // Not by way of another look at the queue: all that it takes would be lost to the pace.
            Thread.sleep(wait);
            wait = throttle.tryStart(lease.key(), pace);
        }
        if (wait.isPositive()) {
            return new Pause(settings.pollEvery(), false);
        }
        return switch (known(admission.admit(lease, entry.takeId(), ready))) {
            case ADMITTED -> {
                preparations.forget(entry.takeId());
                sender.send(lease, entry.takeId(), ready.order(), pace);
                yield Pause.NONE;
            }
            case TWIN_IN_FLIGHT -> {
                takes.delay(entry.takeId(), BEFORE_PREPARING_AGAIN).block(TIMEOUT);
                yield Pause.NONE;
            }
            case ENDED -> {
                preparations.forget(entry.takeId());
                yield Pause.NONE;
            }
            case NO_SLOT -> new Pause(settings.pollEvery(), false);
        };
    }

    private static <T> T known(Mono<T> read) {
        return Objects.requireNonNull(read.block(TIMEOUT));
    }
}
