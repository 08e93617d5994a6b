package io.stretchc.cli;

/** Forms of what is shown of a live cluster. */
enum ViewFormat {
    text,
    json
}
