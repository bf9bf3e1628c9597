package io.showreel.asset.media;

import io.showreel.web.Problems;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What came of many imports: those that succeeded, in the order asked, and why the others did not. */
record ImportedList(List<AssetView> data, Meta meta) {

    private static final Logger log = LoggerFactory.getLogger(ImportedList.class);

    static ImportedList of(List<AssetView> created, List<Failure> failures) {
        return new ImportedList(created, new Meta(created.size(), failures.size(), failures));
    }

    /** How it went. */
    record Meta(int created, int failed, List<Failure> errors) {}

    /**
     * One that could not be brought in.
     *
     * @param source the address or the file's name, or its place in the list if none was given
     */
    record Failure(String source, String error) {

        static Failure of(String source, Exception trouble) {
            var told = Problems.explain(trouble);
            if (told.status().is5xxServerError()) {
                log.warn("An import failed", trouble);
            }
            if (told.details().isEmpty()) {
                return new Failure(source, String.valueOf(told.getMessage()));
            }
            return new Failure(
                    source,
                    told.details().entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(field -> field.getKey() + ": " + String.join(", ", field.getValue()))
                            .collect(Collectors.joining("; ")));
        }
    }
}
