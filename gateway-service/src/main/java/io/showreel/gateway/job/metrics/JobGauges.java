package io.showreel.gateway.job.metrics;

import io.showreel.observability.SampledGauge;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Shows the jobs that have not ended; the others only grow in number. */
@Configuration(proxyBeanMethods = false)
class JobGauges {

    @Bean
    SampledGauge activeJobs() {
        return new SampledGauge(
                "showreel.jobs.active",
                "Jobs that have not ended; a pending one with a storyboard waits for its person",
                "",
                List.of("status", "stage"),
                """
                select status, stage, count(*) as value from job
                where status in ('pending', 'approved', 'processing') group by status, stage
                """);
    }

    @Bean
    SampledGauge quietJobs() {
        return new SampledGauge(
                "showreel.jobs.quiet",
                "For how long nothing has happened to the job of a stage that has been quiet for longest",
                "seconds",
                List.of("stage"),
                """
                select stage, extract(epoch from now() - min(updated_at)) as value from job
                where status in ('approved', 'processing') or status = 'pending' and stage = 'selecting_scenes'
                group by stage
                """);
    }

    @Bean
    SampledGauge overdueJobs() {
        return new SampledGauge(
                "showreel.jobs.overdue",
                "Jobs whose deadline passed more than five minutes ago without ending them",
                "",
                List.of(),
                "select count(*) as value from job where due_at < now() - interval '5 minutes'");
    }
}
