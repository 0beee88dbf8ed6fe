/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading one file. Kinds are checked before opening: a deck must not wake a device or hang on a
 * pipe, nor fill the memory from an endless one. */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "encoding.h"

static const size_t largest_file = (size_t)256 << 20; /* bytes */

typedef struct buffer {
    unsigned char *bytes;
    size_t n;
    size_t capacity;
} buffer;

static bal_status fail(bal_file_fault *fault, bal_diag_id id, const char *text)
{
    fault->id = id;
    (void)snprintf(fault->text, sizeof fault->text, "%s", text);
    return BAL_E_IO;
}

static bal_status fail_errno(bal_file_fault *fault, int error)
{
    char reason[120];
    if (strerror_r(error, reason, sizeof reason) != 0)
        (void)snprintf(reason, sizeof reason, "error %d", error);
    fault->id = BAL_D_NO_FILE;
    (void)snprintf(fault->text, sizeof fault->text, "cannot be opened: %s", reason);
    return BAL_E_IO;
}

static bal_status check_kind(const struct stat *info, bal_file_fault *fault)
{
    if (S_ISDIR(info->st_mode))
        return fail(fault, BAL_D_NOT_A_FILE, "is a directory");
    if (S_ISCHR(info->st_mode) || S_ISBLK(info->st_mode))
        return fail(fault, BAL_D_NOT_A_FILE, "is a device");
    if (!S_ISREG(info->st_mode))
        return fail(fault, BAL_D_NOT_A_FILE, "is a pipe or a socket");
    if (info->st_size > (off_t)largest_file)
        return fail(fault, BAL_D_NOT_A_FILE, "is larger than 256 MiB");
    return BAL_OK;
}

/* Up to the end of the file, which need not be where stat() said. */
static bal_status read_all(int descriptor, buffer *b, bal_file_fault *fault)
{
    for (;;) {
        if (b->n > largest_file)
            return fail(fault, BAL_D_NOT_A_FILE, "is larger than 256 MiB");
        unsigned char *bigger = bal_grow(b->bytes, &b->capacity, b->n + 4096, 1);
        if (!bigger)
            return BAL_E_NOMEM;
        b->bytes = bigger;
        const ssize_t got = read(descriptor, b->bytes + b->n, b->capacity - b->n);
        if (got == 0)
            return BAL_OK;
        if (got < 0 && errno != EINTR)
            return fail_errno(fault, errno);
        b->n += got > 0 ? (size_t)got : 0;
    }
}

static bal_status decode(bal_files *files, const unsigned char *bytes, size_t n, bal_file *file,
                         bal_file_fault *fault)
{
    if (bal_bytes_are_binary(bytes, n))
        return fail(fault, BAL_D_NOT_TEXT, "is not a netlist: it holds binary data");
    return bal_bytes_decode(bytes, n, files->arena, &file->text);
}

static bal_file *new_file(bal_files *files, const char *path)
{
    bal_file *file = bal_arena_alloc(files->arena, 1, sizeof *file);
    if (file)
        file->path = bal_arena_copy(files->arena, path, strlen(path));
    return file && file->path ? file : NULL;
}

static bal_status read_file(bal_files *files, int descriptor, bal_file *file, bal_file_fault *fault)
{
    struct stat info;
    buffer b = {NULL, 0, 0};
    if (fstat(descriptor, &info) != 0)
        return fail_errno(fault, errno);
    bal_status status = check_kind(&info, fault);
    if (status != BAL_OK)
        return status;
    b.bytes = bal_grow(NULL, &b.capacity, (size_t)info.st_size + 4097, 1);
    if (!b.bytes)
        return BAL_E_NOMEM;
    status = read_all(descriptor, &b, fault);
    if (status == BAL_OK)
        status = decode(files, b.bytes, b.n, file, fault);
    bal_free(b.bytes);
    file->on_disk = true;
    file->device = info.st_dev;
    file->inode = info.st_ino;
    return status;
}

static bal_file *known_file(const bal_files *files, const struct stat *info)
{
    bal_file *file = files->first;
    while (file && !(file->on_disk && file->device == info->st_dev && file->inode == info->st_ino))
        file = file->next;
    return file;
}

static void keep(bal_files *files, bal_file *file)
{
    file->next = files->first;
    files->first = file;
}

bal_status bal_file_load(bal_files *files, const char *path, bal_file **file, bal_file_fault *fault)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return fail_errno(fault, errno);
    bal_status status = check_kind(&info, fault);
    if (status != BAL_OK)
        return status;
    bal_file *known = known_file(files, &info);
    if (known) {
        *file = known;
        return BAL_OK;
    }
    bal_file *fresh = new_file(files, path);
    if (!fresh)
        return BAL_E_NOMEM;
    const int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0)
        return fail_errno(fault, errno);
    status = read_file(files, descriptor, fresh, fault);
    (void)close(descriptor);
    if (status != BAL_OK)
        return status;
    keep(files, fresh);
    *file = fresh;
    return BAL_OK;
}

bal_status bal_file_of_text(bal_files *files, const char *name, bal_text bytes, bal_file **file,
                            bal_file_fault *fault)
{
    if (bytes.n > largest_file)
        return fail(fault, BAL_D_NOT_A_FILE, "is larger than 256 MiB");
    bal_file *fresh = new_file(files, name);
    if (!fresh)
        return BAL_E_NOMEM;
    const bal_status status = decode(files, (const unsigned char *)bytes.p, bytes.n, fresh, fault);
    if (status != BAL_OK)
        return status;
    keep(files, fresh);
    *file = fresh;
    return BAL_OK;
}
