package io.showreel.render.start;

import io.showreel.messaging.LeaseWorker;
import io.showreel.messaging.LeasedWork;
import io.showreel.render.take.Ledger;
import io.showreel.render.take.Queues;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.reactive.TransactionalOperator;

@Configuration(proxyBeanMethods = false)
class StartWorkers {

    private static final int ACCOUNTS = 16;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Bean
    LeaseWorker accountPacers(AccountPacer pacer, StartSettings settings) {
        return new LeaseWorker(Queues.START, ACCOUNTS, settings.lease(), pacer);
    }

    /** Each known account has its row of work for ever; this heals a ledger that was restored without it. */
    @Bean
    ApplicationRunner paceAccounts(Ledger ledger, LeasedWork work, InstantSource clock, TransactionalOperator tx) {
        return arguments -> ledger.accounts()
                .collectList()
                .flatMapIterable(accounts -> accounts)
                .concatMap(account -> work.schedule(Queues.START, account, clock.instant()))
                .then()
                .as(tx::transactional)
                .block(TIMEOUT);
    }
}
