package io.showreel.stitch.filmstore;

import io.showreel.messaging.Lease;
import io.showreel.messaging.LeaseWorker;
import io.showreel.messaging.LeasedWork;
import io.showreel.stitch.assembly.AssembleFilms;
import io.showreel.stitch.assembly.Claims;
import io.showreel.stitch.assembly.CutId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Gives up what a cut claims that is no longer wanted, once nobody works for it any more: whoever does may be about to
 * keep an object that it has claimed.
 */
@Configuration(proxyBeanMethods = false)
class RetireCuts {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    @Bean
    LeaseWorker retirementWorker(
            Claims claims, LeasedWork work, DatabaseClient database, TransactionalOperator transaction) {
        return new LeaseWorker(AssembleFilms.RETIREMENTS, 1, LEASE, lease -> retire(lease, claims, work, database)
                .as(transaction::transactional)
                .block(PATIENCE));
    }

    private static Mono<Void> retire(Lease lease, Claims claims, LeasedWork work, DatabaseClient database) {
        var cut = CutId.parse(lease.key());
        return isWorkedFor(cut, database)
                .flatMap(busy -> busy
                        ? work.postpone(lease, Instant.now().plus(LOOK_EVERY))
                        : claims.releaseAll(cut)
                                .then(forgetShown(cut, database))
                                .then(work.complete(lease)));
    }

    private static Mono<Boolean> isWorkedFor(CutId cut, DatabaseClient database) {
        return database.sql("""
            select exists (
                select from leased_work
                where queue in (:cutting, :showing, :needed, :ahead) and (key = :cut or key like :cut || '/%'))
            """)
                .bind("cutting", AssembleFilms.QUEUE)
                .bind("showing", AssembleFilms.SHOWINGS)
                .bind("needed", AssembleFilms.PREPARATIONS)
                .bind("ahead", AssembleFilms.AHEAD)
                .bind("cut", cut.toString())
                .map(row -> Objects.requireNonNull(row.get(0, Boolean.class)))
                .one();
    }

    private static Mono<Void> forgetShown(CutId cut, DatabaseClient database) {
        return database.sql("delete from clip_shown where job_id = :job and cut = :cut")
                .bind("job", cut.jobId())
                .bind("cut", cut.cut())
                .then();
    }
}
