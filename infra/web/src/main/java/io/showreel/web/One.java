package io.showreel.web;

/** The body of an answer that is one resource. */
public record One<T>(T data) {}
