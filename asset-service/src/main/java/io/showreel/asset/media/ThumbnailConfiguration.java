package io.showreel.asset.media;

import io.showreel.messaging.LeaseWorker;
import io.showreel.messaging.LeasedWork;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.reactive.TransactionalOperator;

/** One maker of late thumbnails at a time, whatever the number of replicas. */
@Configuration(proxyBeanMethods = false)
class ThumbnailConfiguration {

    private static final String QUEUE = "late-thumbnails";
    private static final String ALL = "all";
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** A start must not be given up because many processes start at once on a small machine. */
    private static final Duration PATIENCE_AT_START = Duration.ofMinutes(1);

    @Bean
    LeaseWorker lateThumbnailMaker(
            LateThumbnails thumbnails, UploadSettings settings, LeasedWork work, TransactionalOperator transaction) {
        return new LeaseWorker(QUEUE, 1, LEASE, lease -> {
            thumbnails.makeDue();
            work.postpone(lease, Instant.now().plus(settings.thumbnailsAfter()))
                    .as(transaction::transactional)
                    .block(PATIENCE);
        });
    }

    /** The row is there for ever; this makes it at the very first start. */
    @Bean
    ApplicationRunner scheduleLateThumbnails(
            UploadSettings settings, LeasedWork work, TransactionalOperator transaction) {
        return arguments -> work.schedule(QUEUE, ALL, Instant.now().plus(settings.thumbnailsAfter()))
                .as(transaction::transactional)
                .block(PATIENCE_AT_START);
    }
}
