package io.showreel.messaging.listener;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaAdmin;

/** Declares topics without making the start of the application wait for Kafka. */
@AutoConfiguration(before = KafkaAutoConfiguration.class)
@EnableConfigurationProperties(KafkaProperties.class)
class TopicAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    KafkaAdmin kafkaAdmin(KafkaProperties kafka) {
        var admin = new KafkaAdmin(kafka.buildAdminProperties());
        admin.setAutoCreate(false);
        admin.setOperationTimeout(10);
        admin.setCloseTimeout(2);
        return admin;
    }

    @Bean
    TopicDeclarations messagingTopicDeclarations(KafkaAdmin admin) {
        return new TopicDeclarations(admin);
    }
}
