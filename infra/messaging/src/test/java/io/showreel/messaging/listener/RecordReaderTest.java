package io.showreel.messaging.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.showreel.messaging.Delivery;
import io.showreel.messaging.Origin;
import io.showreel.messaging.Rumour;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RecordReaderTest {

    private static final UUID ID = UUID.fromString("0197a3b0-0000-7000-8000-000000000001");

    private final RecordReader<Rumour> reader = new RecordReader<>(Rumour.class);

    @Test
    void headers_say_what_the_record_is_and_what_follows_from_it() {
        var kafkaRecord = heard("{\"who\":\"Ann\",\"number\":1}");
        header(kafkaRecord, "x-request-id", "r-1");
        header(kafkaRecord, "traceparent", "00-a-b-01");
        header(kafkaRecord, "ce_causationid", UUID.randomUUID().toString());

        var incoming = reader.read(kafkaRecord);

        assertThat(incoming.message()).contains(new Rumour.RumourHeard("Ann", 1));
        assertThat(incoming.delivery())
                .isEqualTo(new Delivery(ID, "rumours", "job-7", 3, 42, new Origin("r-1", "00-a-b-01", ID)));
    }

    @Test
    void what_is_not_json_is_unreadable() {
        assertUnreadable(heard("{oops"));
    }

    @Test
    void a_record_without_payload_key_or_headers_is_unreadable() {
        assertUnreadable(heard(null));
        assertUnreadable(new ConsumerRecord<>("rumours", 3, 42, utf8("job-7"), utf8("{}")));
        var withoutKey = new ConsumerRecord<byte[], byte[]>("rumours", 3, 42, null, utf8("{}"));
        header(withoutKey, "ce_id", ID.toString());
        header(withoutKey, "ce_type", "rumour_heard.v1");
        assertUnreadable(withoutKey);
    }

    @Test
    void an_id_that_is_no_uuid_is_unreadable() {
        var kafkaRecord = heard("{}");
        header(kafkaRecord, "ce_id", "seven");
        assertUnreadable(kafkaRecord);
    }

    private void assertUnreadable(ConsumerRecord<byte[], byte[]> kafkaRecord) {
        assertThatThrownBy(() -> reader.read(kafkaRecord)).isInstanceOf(UnreadableRecordException.class);
    }

    private static ConsumerRecord<byte[], byte[]> heard(String payload) {
        var kafkaRecord = new ConsumerRecord<>("rumours", 3, 42, utf8("job-7"), payload == null ? null : utf8(payload));
        header(kafkaRecord, "ce_id", ID.toString());
        header(kafkaRecord, "ce_type", "rumour_heard.v1");
        return kafkaRecord;
    }

    private static void header(ConsumerRecord<byte[], byte[]> kafkaRecord, String name, String value) {
        kafkaRecord.headers().add(name, utf8(value));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
