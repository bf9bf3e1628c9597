package io.showreel.web;

import org.springframework.http.HttpStatus;

/** What a request brought about: the id of the resource, the status of the first answer, and its body. */
public record Created<T>(String resourceId, HttpStatus status, T body) {}
