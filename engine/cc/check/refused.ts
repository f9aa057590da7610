// Names of clang's builtins that this compiler refuses, without `__builtin_`. A table.

/** Of floating point and complex numbers. */
export const floating =
	/^(?:elementwise_)?(?:canonicalize|flt_rounds|set_flt_rounds|complex|isfpclass|fpclassify|is(?:finite|greater|greaterequal|inf|inf_sign|less|lessequal|lessgreater|nan|normal|signaling|subnormal|unordered|zero)|signbit|(?:c|ca|a)?(?:cos|sin|tan)h?(?:pi)?|c?(?:exp|log|pow|sqrt|abs|arg|imag|real|proj)|conj|atan2|cbrt|ceil|copysign|erfc?|exp(?:2|10|m1)|fabs|fdim|floor|fma|fmaxi?m?u?m?_?n?u?m?|fmini?m?u?m?_?n?u?m?|fmod|frexp|huge_val|hypot|ilogb|inf|ldexp|l?lrint|l?lround|lgamma|log(?:10|1p|2|b)|modf|nans?|nearbyint|nextafter|nexttoward|powi|remainder|remquo|rint|round|roundeven|scalbl?n|sincos(?:pi)?|tgamma|trunc|(?:max|min)(?:num|imum|imumnum))(?:f|l|f16|f128)?$/;

/** The library's, vectors, exceptions, coroutines and what the target has no instruction for. */
export const left =
	/^(?:___?\w+_chk|__(?:CF|NS)StringMakeConstantString|__get_unsafe_stack_\w+|abort|exit|_exit|alloca_\w+|allow_\w+|available|bit_cast|call_with_static_chain|[cm]alloc|calloc|realloc|free|char_memchr|convertvector|coro_\w+|counted_by_ref|cpu_\w+|dump_struct|dwarf_\w+|eh_\w+|elementwise_\w+|fprintf|f?scanf|sscanf|frob_return_addr|function_start|r?index|infer_\w+|init_dwarf_reg_size_table|invoke|longjmp|setjmp|masked_\w+|matrix_\w+|objc_\w+|omp_\w+|operator_\w+|os_log_\w+|ptrauth_\w+|readsteadycounter|reduce_\w+|shufflevector|stack_\w+|stpncpy|strdup|strl\w+|thread_pointer|trivially_\w+|unwind_\w+|vectorelements|v[fs]?n?(?:printf|scanf)|vs?scanf|wcs\w+|wmem\w+)$/;
