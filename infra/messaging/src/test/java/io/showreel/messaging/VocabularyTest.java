package io.showreel.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class VocabularyTest {

    sealed interface Nested {
        sealed interface Inner extends Nested {
            record HTTPCallMade2Day() implements Inner {}
        }
    }

    private final Vocabulary<Rumour> rumours = Vocabulary.of(Rumour.class);

    @Test
    void a_word_is_named_in_snake_case_with_its_version() {
        assertThat(Vocabulary.typeOf(Rumour.RumourHeard.class)).isEqualTo("rumour_heard.v1");
    }

    @Test
    void a_known_type_is_read_as_its_record() {
        assertThat(rumours.read("rumour_heard.v1", utf8("{\"who\":\"Ann\",\"number\":3}")))
                .contains(new Rumour.RumourHeard("Ann", 3));
    }

    @Test
    void an_unknown_type_is_unrecognised_whatever_it_holds() {
        assertThat(rumours.read("rumour_heard.v2", utf8("[]"))).contains(new Rumour.Unrecognised());
    }

    @Test
    void the_word_for_the_unknown_is_no_type_of_its_own() {
        assertThat(rumours.read("unrecognised.v1", utf8("not json"))).contains(new Rumour.Unrecognised());
    }

    @Test
    void a_vocabulary_without_a_word_for_the_unknown_says_nothing() {
        assertThat(Vocabulary.of(Nested.class).read("other.v1", utf8("{}"))).isEmpty();
    }

    @Test
    void words_of_nested_sealed_interfaces_belong_to_it() {
        assertThat(Vocabulary.of(Nested.class).read(Vocabulary.typeOf(Nested.Inner.HTTPCallMade2Day.class), utf8("{}")))
                .contains(new Nested.Inner.HTTPCallMade2Day());
    }

    @Test
    void a_single_record_is_a_vocabulary() {
        assertThat(Vocabulary.of(Rumour.RumourDenied.class).read("rumour_denied.v1", utf8("{\"who\":\"Bo\"}")))
                .contains(new Rumour.RumourDenied("Bo"));
    }

    @Test
    void an_open_interface_is_refused() {
        assertThatThrownBy(() -> Vocabulary.of(Runnable.class)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_known_type_that_is_not_json_is_an_error() {
        assertThatThrownBy(() -> rumours.read("rumour_heard.v1", utf8("{"))).isInstanceOf(JacksonException.class);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
