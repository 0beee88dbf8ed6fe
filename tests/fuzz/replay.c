/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replay FOLDER: gives each file of the folder to the fuzz target it is linked with. */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX_INPUT = 1 << 20 };

static int replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data = malloc(MAX_INPUT);
    int done = 0;

    if (file && data) {
        size_t n = fread(data, 1, MAX_INPUT, file);
        if (!ferror(file)) {
            (void)LLVMFuzzerTestOneInput(data, n);
            done = 1;
        }
    }
    if (file)
        fclose(file);
    free(data);
    return done;
}

int main(int argc, char **argv)
{
    DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
    int inputs = 0;
    char path[4096];

    if (!folder) {
        fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    for (const struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", argv[1], entry->d_name);
        fprintf(stderr, "%s\n", entry->d_name); /* the last one named is the one that crashed */
        inputs += replay(path);
    }
    closedir(folder);
    printf("%d inputs\n", inputs);
    return inputs > 0 ? 0 : 1;
}
