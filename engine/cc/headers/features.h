// Features of a C library: there is none.
#ifndef _FEATURES_H
#define _FEATURES_H

#endif
