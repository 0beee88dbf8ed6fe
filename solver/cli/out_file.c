/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list of open files is the one mutable variable of the program at file scope: a signal handler
 * has no other way to reach them. It changes only while the signals are blocked, and the handler
 * calls unlink, sigaction and raise only (signal-safety(7)).
 */
#define _XOPEN_SOURCE 700 /* NOLINT(bugprone-reserved-identifier): realpath is an XSI function */
#include "out_file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bal_out_file *volatile open_files;

static const int deadly[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
enum { N_DEADLY = sizeof deadly / sizeof deadly[0] };

static void remove_and_die(int number)
{
    for (const bal_out_file *f = open_files; f != NULL; f = f->next)
        if (f->temporary != NULL)
            (void)unlink(f->temporary);
    (void)raise(number); /* SA_RESETHAND: the second one ends the program */
}

void bal_out_file_catch_signals(void)
{
    struct sigaction action = {.sa_handler = remove_and_die, .sa_flags = (int)SA_RESETHAND};
    (void)sigfillset(&action.sa_mask);
    for (size_t i = 0; i < N_DEADLY; i++) {
        struct sigaction old;
        const bool ignored = sigaction(deadly[i], NULL, &old) == 0 && old.sa_handler == SIG_IGN;
        if (!ignored) /* nohup stays in force */
            (void)sigaction(deadly[i], &action, NULL);
    }
    /* A file that hits the limit of its size is an error of write, not the end of the program. */
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    (void)sigaction(SIGXFSZ, &ignore, NULL);
}

static void hold_signals(sigset_t *old)
{
    sigset_t set;
    (void)sigemptyset(&set);
    for (size_t i = 0; i < N_DEADLY; i++)
        (void)sigaddset(&set, deadly[i]);
    (void)sigprocmask(SIG_BLOCK, &set, old);
}

static void forget(const bal_out_file *file)
{
    if (open_files == file) {
        open_files = file->next;
        return;
    }
    for (bal_out_file *f = open_files; f != NULL; f = f->next) {
        if (f->next != file)
            continue;
        f->next = file->next;
        return;
    }
}

/* "FOLDER/.balspice-PID-K.tmp" for the folder of path. */
static int open_temporary(bal_out_file *file)
{
    enum { NAME = 64, TRIES = 100 };
    const char *slash = strrchr(file->path, '/');
    const size_t folder = slash != NULL ? (size_t)(slash - file->path) + 1 : 0;
    file->temporary = malloc(folder + NAME);
    if (file->temporary == NULL)
        return ENOMEM;
    memcpy(file->temporary, file->path, folder);
    for (int k = 0; k < TRIES; k++) {
        (void)snprintf(file->temporary + folder, NAME, ".balspice-%ld-%d.tmp", (long)getpid(), k);
        file->fd = open(file->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file->fd >= 0)
            return 0;
        if (errno != EEXIST)
            break;
    }
    const int error = errno;
    free(file->temporary);
    file->temporary = NULL;
    return error;
}

/* An existing regular file keeps its mode; one that may not be written is left alone. */
static int open_over(bal_out_file *file, const struct stat *old)
{
    if (S_ISDIR(old->st_mode))
        return EISDIR;
    if (!S_ISREG(old->st_mode)) {
        file->fd = open(file->path, O_WRONLY | O_CLOEXEC);
        return file->fd < 0 ? errno : 0;
    }
    if (access(file->path, W_OK) != 0)
        return errno;
    const int error = open_temporary(file);
    if (error == 0)
        (void)fchmod(file->fd, old->st_mode & 07777U);
    return error;
}

static char *copy_of(const char *text)
{
    const size_t n = strlen(text) + 1;
    char *copy = malloc(n);
    return copy != NULL ? memcpy(copy, text, n) : NULL;
}

int bal_out_file_open(bal_out_file *file, const char *name)
{
    struct stat old;
    sigset_t signals;
    *file = (bal_out_file){.name = name, .fd = -1};
    file->path = realpath(name, NULL);
    const bool exists = file->path != NULL && stat(file->path, &old) == 0;
    if (file->path == NULL && errno == ENOENT)
        file->path = copy_of(name);
    if (file->path == NULL)
        return file->error = errno;
    hold_signals(&signals);
    file->error = exists ? open_over(file, &old) : open_temporary(file);
    if (file->error == 0) {
        file->next = open_files;
        open_files = file;
    }
    (void)sigprocmask(SIG_SETMASK, &signals, NULL);
    if (file->error != 0) {
        free(file->path);
        file->path = NULL;
    }
    return file->error;
}

int bal_out_file_write(void *user, const char *bytes, size_t n)
{
    bal_out_file *file = user;
    while (n > 0) {
        const ssize_t done = write(file->fd, bytes, n);
        if (done < 0 && errno != EINTR) {
            file->error = errno;
            return 1;
        }
        if (done > 0) {
            bytes += done;
            n -= (size_t)done;
        }
    }
    return 0;
}

/* Errors that the system kept back until now (a full disk, a quota, a network) come out here. */
static int settle(bal_out_file *file)
{
    if (file->temporary != NULL && fsync(file->fd) != 0 && errno != EINVAL && errno != ENOTSUP)
        file->error = errno;
    if (close(file->fd) != 0 && file->error == 0)
        file->error = errno;
    file->fd = -1;
    return file->error;
}

static void close_and_forget(bal_out_file *file)
{
    forget(file);
    if (file->fd >= 0)
        (void)close(file->fd);
    free(file->temporary);
    free(file->path);
    file->fd = -1;
    file->temporary = NULL;
    file->path = NULL;
}

int bal_out_file_commit(bal_out_file *file)
{
    sigset_t signals;
    if (file->error == 0 && settle(file) == 0) {
        hold_signals(&signals);
        if (file->temporary != NULL && rename(file->temporary, file->path) != 0)
            file->error = errno;
        else
            close_and_forget(file);
        (void)sigprocmask(SIG_SETMASK, &signals, NULL);
    }
    if (file->error != 0)
        bal_out_file_discard(file);
    return file->error;
}

void bal_out_file_discard(bal_out_file *file)
{
    sigset_t signals;
    if (file->path == NULL)
        return;
    hold_signals(&signals);
    if (file->temporary != NULL)
        (void)unlink(file->temporary);
    close_and_forget(file);
    (void)sigprocmask(SIG_SETMASK, &signals, NULL);
}
