package io.showreel.stitch.cutting;

import io.showreel.messaging.LeaseWorker;
import io.showreel.objects.ObjectStore;
import io.showreel.stitch.assembly.AssembleFilms;
import io.showreel.stitch.filmstore.FilmStore;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the worker, unless this instance only gathers. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "stitch.enabled", matchIfMissing = true)
class CuttingConfiguration {

    @Bean
    WorkFolders workFolders(CuttingSettings settings) throws IOException {
        return new WorkFolders(settings.temporary());
    }

    @Bean
    LeaseWorker cuttingWorker(
            CutLedger ledger,
            Editor editor,
            ObjectStore objects,
            FilmStore films,
            WorkFolders folders,
            CuttingSettings settings) {
        var work = new CutFilms(ledger, editor, objects, films, folders, settings);
        return new LeaseWorker(AssembleFilms.QUEUE, settings.parallelCuts(), settings.lease(), work);
    }
}
