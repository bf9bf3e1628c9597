package io.showreel.render.take.metrics;

import io.showreel.observability.SampledGauge;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Shows what waits and runs, read from partial indexes that hold nothing else. */
@Configuration(proxyBeanMethods = false)
class LedgerGauges {

    @Bean
    SampledGauge openTakes() {
        return new SampledGauge(
                "showreel.takes.open",
                "Takes that wait for their turn, and submissions under way at the provider",
                "",
                List.of("account", "state", "model"),
                """
                select account, 'queued' as state, input ->> 'model' as model, count(*) as value
                from take where state = 'queued' group by 1, 2, 3
                union all
                select account, stage, model, count(*)
                from attempt where stage in ('submitting', 'unknown', 'running', 'stray') group by 1, 2, 3
                """);
    }

    @Bean
    SampledGauge oldestQueuedTake() {
        return new SampledGauge(
                "showreel.takes.queue.age",
                "How long the take whose turn is next has waited",
                "seconds",
                List.of("account"),
                """
                select account, extract(epoch from now() - min(requested_at)) as value
                from take where state = 'queued' group by account
                """);
    }

    @Bean
    SampledGauge pausedAccounts() {
        return new SampledGauge(
                "showreel.account.pause",
                "How long an account still submits nothing; 0 while it may",
                "seconds",
                List.of("account"),
                """
                select name as account,
                       greatest(extract(epoch from coalesce(paused_until, now()) - now()), 0) as value
                from account
                """);
    }
}
