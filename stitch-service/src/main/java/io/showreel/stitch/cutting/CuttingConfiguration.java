package io.showreel.stitch.cutting;

import io.showreel.messaging.LeaseWorker;
import io.showreel.objects.ObjectStore;
import io.showreel.stitch.assembly.AssembleFilms;
import io.showreel.stitch.cutting.StoredShelf.Storage;
import io.showreel.stitch.filmstore.FilmStore;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the workers, unless this instance only gathers. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "stitch.enabled", matchIfMissing = true)
class CuttingConfiguration {

    @Bean
    WorkFolders workFolders(CuttingSettings settings) throws IOException {
        return new WorkFolders(settings.temporary());
    }

    @Bean
    MediaCache mediaCache(CuttingSettings settings) throws IOException {
        return new MediaCache(
                WorkFolders.cacheIn(settings.temporary()), settings.cache().toBytes());
    }

    @Bean
    Storage storage(CutLedger ledger, ObjectStore objects, FilmStore films, MediaCache cache) {
        return new Storage(ledger, objects, films, cache);
    }

    @Bean
    DiskSpace diskSpace(MediaCache cache, CuttingSettings settings) {
        return new DiskSpace(cache, settings.freeSpace());
    }

    @Bean
    LeaseWorker cuttingWorker(
            CutLedger ledger,
            Editor editor,
            Storage storage,
            WorkFolders folders,
            DiskSpace space,
            CuttingSettings settings) {
        var work = new CutFilms(ledger, editor, storage, folders, space, settings);
        return new LeaseWorker(AssembleFilms.QUEUE, settings.parallelCuts(), settings.lease(), work);
    }

    @Bean
    LeaseWorker showingWorker(
            CutLedger ledger, Editor editor, Storage storage, WorkFolders folders, CuttingSettings settings) {
        var work = new ShowFilms(ledger, editor, storage, folders, settings);
        return new LeaseWorker(AssembleFilms.SHOWINGS, settings.parallelCuts(), settings.lease(), work);
    }

    @Bean
    LeaseWorker preparingWorker(CuttingSettings settings, PrepareClips work) {
        return new LeaseWorker(AssembleFilms.PREPARATIONS, settings.processes(), settings.lease(), work);
    }

    @Bean
    LeaseWorker preparingAheadWorker(CuttingSettings settings, PrepareClips work) {
        return new LeaseWorker(AssembleFilms.AHEAD, 1, settings.lease(), work);
    }

    @Bean
    PrepareClips prepareClips(
            PreparationLedger ledger,
            Editor editor,
            Storage storage,
            WorkFolders folders,
            DiskSpace space,
            CuttingSettings settings) {
        return new PrepareClips(ledger, editor, storage, folders, space, settings.attempts());
    }
}
