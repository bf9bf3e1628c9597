package io.showreel.sandbox.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.sandbox.prediction.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final Fact FIRST = new Fact.Started("a", Instant.parse("2026-11-02T12:00:00.123456Z"));
    private static final Fact SECOND =
            new Fact.Failed("b", Instant.parse("2026-11-02T12:00:01Z"), "größer\nals (E005)");
    private static final Fact THIRD = new Fact.EndTold("c", Instant.parse("2026-11-02T12:00:02Z"));

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("facts.jsonl");
    }

    @Test
    void facts_are_read_back_as_they_were_written() {
        write(FIRST, SECOND);

        assertThat(read()).containsExactly(FIRST, SECOND);
    }

    @Test
    void writing_goes_on_behind_what_was_read() {
        write(FIRST);
        write(SECOND);

        assertThat(read()).containsExactly(FIRST, SECOND);
    }

    @Test
    void half_a_line_at_the_end_is_dropped_and_written_over() throws IOException {
        write(FIRST);
        Files.writeString(file, "{\"fact\":\"Started\",\"id\":\"to", StandardOpenOption.APPEND);

        write(THIRD);

        assertThat(read()).containsExactly(FIRST, THIRD);
    }

    @Test
    void a_cleared_journal_is_empty() {
        write(FIRST);
        try (var journal = Journal.open(Fact.class, file)) {
            journal.replay(fact -> {});
            journal.clear();
            journal.append(SECOND);
        }

        assertThat(read()).containsExactly(SECOND);
    }

    @Test
    void a_rewritten_journal_holds_the_new_facts_and_those_that_follow() {
        write(FIRST, SECOND);
        try (var journal = Journal.open(Fact.class, file)) {
            journal.replay(fact -> {});
            journal.rewrite(Stream.of(THIRD));
            journal.append(FIRST);
        }

        assertThat(read()).containsExactly(THIRD, FIRST);
    }

    private void write(Fact... facts) {
        try (var journal = Journal.open(Fact.class, file)) {
            journal.replay(fact -> {});
            for (var fact : facts) {
                journal.append(fact);
                journal.settle();
            }
        }
    }

    private List<Fact> read() {
        List<Fact> facts = new ArrayList<>();
        try (var journal = Journal.open(Fact.class, file)) {
            journal.replay(facts::add);
        }
        return facts;
    }
}
