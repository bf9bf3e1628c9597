package io.showreel.render.start;

import io.showreel.messaging.LeaseWorker;
import io.showreel.messaging.LeasedWork;
import io.showreel.render.account.Accounts;
import io.showreel.render.studio.replicate.ReplicateSettings;
import io.showreel.render.take.Queues;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.reactive.TransactionalOperator;

@Configuration(proxyBeanMethods = false)
class StartWorkers {

    private static final Logger log = LoggerFactory.getLogger(StartWorkers.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Bean
    LeaseWorker startTakes(AccountPacer pacer, StartSettings settings, ReplicateSettings replicate) {
        return new LeaseWorker(Queues.start(replicate.account()), 1, settings.lease(), pacer).endingWithItsOwner();
    }

    /**
     * Our own account from the start, so that its first take finds everything ready. Each known one has its row of work
     * for ever; this heals a ledger that was restored without it.
     */
    @Bean
    ApplicationRunner paceAccounts(
            Accounts known,
            LeasedWork work,
            ReplicateSettings replicate,
            InstantSource clock,
            TransactionalOperator tx) {
        return arguments -> known.enter(replicate.account())
                .then(known.names().collectList())
                .flatMapIterable(accounts -> accounts)
                .doOnNext(account -> tellOfAnother(account, replicate.account()))
                .concatMap(account -> work.schedule(Queues.start(account), account, clock.instant()))
                .then()
                .as(tx::transactional)
                .block(TIMEOUT);
    }

    private static void tellOfAnother(String account, String ours) {
        if (!account.equals(ours)) {
            log.info("Takes of account {} wait for a replica that has its key; this one is of {}", account, ours);
        }
    }
}
