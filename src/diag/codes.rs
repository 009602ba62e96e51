//! All codes in one list: what a person can look up, and what a script can rely on.
//!
//! `Q` questions, `N` names, `I` inputs, `F` findings in templates, `A` notes to answers, `U` usage.
//! The words behind a `Q` code are those of openCypher's compatibility kit where it has one.

/// When an error was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Before any row was read.
    Compile,
    /// While running.
    Runtime,
}

/// One entry of the list.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The code as printed, `Q0129`.
    pub id: &'static str,
    /// The error's type for scripts, `SyntaxError`.
    pub error: &'static str,
    /// When it is found.
    pub phase: Phase,
    /// A stable word for the cause, `UndefinedVariable`.
    pub detail: &'static str,
    /// A few words for people.
    pub title: &'static str,
}

macro_rules! codes {
    ($($name:ident = $id:literal $error:ident $phase:ident $detail:ident $title:literal;)*) => {
        impl Code {
            $(
                #[doc = $title]
                pub const $name: Code = Code {
                    id: $id,
                    error: stringify!($error),
                    phase: Phase::$phase,
                    detail: stringify!($detail),
                    title: $title,
                };
            )*
        }

        /// All codes, by id.
        pub const CODES: &[&Code] = &[$(&Code::$name),*];
    };
}

codes! {
    AMBIGUOUS_AGGREGATION_EXPRESSION = "Q0101" SyntaxError Compile AmbiguousAggregationExpression "ambiguous aggregation expression";
    COLUMN_NAME_CONFLICT = "Q0102" SyntaxError Compile ColumnNameConflict "column name conflict";
    CREATING_VAR_LENGTH = "Q0103" SyntaxError Compile CreatingVarLength "creating var length";
    DIFFERENT_COLUMNS_IN_UNION = "Q0104" SyntaxError Compile DifferentColumnsInUnion "different columns in union";
    FLOATING_POINT_OVERFLOW = "Q0105" SyntaxError Compile FloatingPointOverflow "floating point overflow";
    INTEGER_OVERFLOW = "Q0106" SyntaxError Compile IntegerOverflow "integer overflow";
    INVALID_AGGREGATION = "Q0107" SyntaxError Compile InvalidAggregation "invalid aggregation";
    INVALID_ARGUMENT_PASSING_MODE = "Q0108" SyntaxError Compile InvalidArgumentPassingMode "invalid argument passing mode";
    INVALID_ARGUMENT_TYPE = "Q0109" SyntaxError Compile InvalidArgumentType "invalid argument type";
    INVALID_CLAUSE_COMPOSITION = "Q0110" SyntaxError Compile InvalidClauseComposition "invalid clause composition";
    INVALID_DELETE = "Q0111" SyntaxError Compile InvalidDelete "invalid delete";
    INVALID_NUMBER_LITERAL = "Q0112" SyntaxError Compile InvalidNumberLiteral "invalid number literal";
    INVALID_NUMBER_OF_ARGUMENTS = "Q0113" SyntaxError Compile InvalidNumberOfArguments "invalid number of arguments";
    INVALID_PARAMETER_USE = "Q0114" SyntaxError Compile InvalidParameterUse "invalid parameter use";
    INVALID_RELATIONSHIP_PATTERN = "Q0115" SyntaxError Compile InvalidRelationshipPattern "invalid relationship pattern";
    INVALID_UNICODE_CHARACTER = "Q0116" SyntaxError Compile InvalidUnicodeCharacter "invalid unicode character";
    INVALID_UNICODE_LITERAL = "Q0117" SyntaxError Compile InvalidUnicodeLiteral "invalid unicode literal";
    NEGATIVE_INTEGER_ARGUMENT = "Q0118" SyntaxError Compile NegativeIntegerArgument "negative integer argument";
    NESTED_AGGREGATION = "Q0119" SyntaxError Compile NestedAggregation "nested aggregation";
    NO_EXPRESSION_ALIAS = "Q0120" SyntaxError Compile NoExpressionAlias "no expression alias";
    NO_SINGLE_RELATIONSHIP_TYPE = "Q0121" SyntaxError Compile NoSingleRelationshipType "no single relationship type";
    NO_VARIABLES_IN_SCOPE = "Q0122" SyntaxError Compile NoVariablesInScope "no variables in scope";
    NON_CONSTANT_EXPRESSION = "Q0123" SyntaxError Compile NonConstantExpression "non constant expression";
    RELATIONSHIP_UNIQUENESS_VIOLATION = "Q0124" SyntaxError Compile RelationshipUniquenessViolation "relationship uniqueness violation";
    REQUIRES_DIRECTED_RELATIONSHIP = "Q0125" SyntaxError Compile RequiresDirectedRelationship "requires directed relationship";
    UNDEFINED_VARIABLE = "Q0126" SyntaxError Compile UndefinedVariable "undefined variable";
    UNEXPECTED_SYNTAX = "Q0127" SyntaxError Compile UnexpectedSyntax "unexpected syntax";
    UNKNOWN_FUNCTION = "Q0128" SyntaxError Compile UnknownFunction "unknown function";
    VARIABLE_ALREADY_BOUND = "Q0129" SyntaxError Compile VariableAlreadyBound "variable already bound";
    VARIABLE_TYPE_CONFLICT = "Q0130" SyntaxError Compile VariableTypeConflict "variable type conflict";
    TYPE_INVALID_ARGUMENT_TYPE = "Q0201" TypeError Runtime InvalidArgumentType "invalid argument type";
    INVALID_ARGUMENT_VALUE = "Q0202" TypeError Runtime InvalidArgumentValue "invalid argument value";
    INVALID_PROPERTY_TYPE = "Q0203" TypeError Runtime InvalidPropertyType "invalid property type";
    MAP_ELEMENT_ACCESS_BY_NON_STRING = "Q0204" TypeError Runtime MapElementAccessByNonString "map element access by non string";
    ARGUMENT_INVALID_ARGUMENT_TYPE = "Q0205" ArgumentError Runtime InvalidArgumentType "invalid argument type";
    NUMBER_OUT_OF_RANGE = "Q0206" ArgumentError Runtime NumberOutOfRange "number out of range";
    DIVISION_BY_ZERO = "Q0207" ArithmeticError Runtime DivisionByZero "division by zero";
    ARITHMETIC_INTEGER_OVERFLOW = "Q0208" ArithmeticError Runtime IntegerOverflow "integer overflow";
    MERGE_READ_OWN_WRITES = "Q0209" SemanticError Runtime MergeReadOwnWrites "merge read own writes";
    DELETED_ENTITY_ACCESS = "Q0210" EntityNotFound Runtime DeletedEntityAccess "deleted entity access";
    DELETE_CONNECTED_NODE = "Q0211" ConstraintVerificationFailed Runtime DeleteConnectedNode "delete connected node";
    NEGATIVE_ROW_COUNT = "Q0212" SyntaxError Runtime NegativeIntegerArgument "a number of rows below zero";
    ROW_COUNT_TYPE = "Q0213" SyntaxError Runtime InvalidArgumentType "a number of rows that is no integer";
    MISSING_PARAMETER = "Q0301" ParameterMissing Compile MissingParameter "missing parameter";
    PROCEDURE_NOT_FOUND = "Q0302" ProcedureError Compile ProcedureNotFound "procedure not found";
    COMPILE_TYPE_INVALID_ARGUMENT_TYPE = "Q0303" TypeError Compile InvalidArgumentType "invalid argument type";
    ARGUMENT_NUMBER_OUT_OF_RANGE = "Q0304" ArgumentError Compile NumberOutOfRange "number out of range";
    TIME_LIMIT = "Q0401" Timeout Runtime TimeLimit "the time given to the question is over";
    INTERRUPTED = "Q0402" Timeout Runtime Interrupted "interrupted";
    MEMORY_LIMIT = "Q0403" Timeout Runtime MemoryLimit "the memory given to the question is used up";
    NESTING_TOO_DEEP = "Q0404" SyntaxError Compile NestingTooDeep "nested too deeply";
    QUERY_TOO_LONG = "Q0405" SyntaxError Compile QueryTooLong "the question is too long";
    UNSUPPORTED = "Q0406" Unsupported Compile Unsupported "understood, but not offered";
    BAD_REQUEST = "Q0407" RequestError Compile BadRequest "not a request";
    UNKNOWN_NAME = "N0501" NameError Compile UnknownName "no such name";
    AMBIGUOUS_NAME = "N0502" NameError Compile AmbiguousName "more than one thing has this name";
    UNKNOWN_FORMAT = "N0503" NameError Compile UnknownFormat "no such format";
    UNKNOWN_COMMAND = "N0504" NameError Compile UnknownCommand "no such command";
    UNKNOWN_LABEL = "Q0601" SyntaxError Compile UnknownLabel "no node has this label";
    UNKNOWN_KIND = "Q0602" SyntaxError Compile UnknownKind "no edge has this kind";
    UNKNOWN_PROPERTY = "Q0603" SyntaxError Compile UnknownProperty "nothing has this property";
    UNKNOWN_QUESTION = "Q0604" SyntaxError Compile UnknownQuestion "not a question archq knows";
    UNREADABLE_INPUT = "I0701" InputError Runtime UnreadableInput "an input cannot be read";
    BROKEN_SYNTAX = "I0702" InputError Runtime BrokenSyntax "an input is not well formed";
    UNKNOWN_INPUT_FORMAT = "I0703" InputError Runtime UnknownInputFormat "an input is of no kind we read";
    INPUT_TOO_LARGE = "I0704" InputError Runtime InputTooLarge "an input is over a bound";
    BAD_CATALOG = "I0705" InputError Runtime BadCatalog "a catalog table cannot be used";
    NOTHING_FOUND = "I0706" InputError Runtime NothingFound "nothing to read there";
    UNKNOWN_TYPE = "F0801" Finding Compile UnknownType "a resource type that no rule knows";
    REPEATED_KEY = "F0802" Finding Compile RepeatedKey "a key that is there twice";
    UNRESOLVED_REFERENCE = "F0803" Finding Compile UnresolvedReference "a reference to nothing that was loaded";
    UNSUPPORTED_INTRINSIC = "F0804" Finding Compile UnsupportedIntrinsic "a function that is not worked out";
    MISSING_FILE = "F0805" Finding Compile MissingFile "a file that is named and not there";
    UNRESOLVED_VALUE = "F0806" Finding Compile UnresolvedValue "a value that stays open";
    ODD_SHAPE = "F0807" Finding Compile OddShape "a value of another shape than expected";
    CUT_AT_BOUND = "F0808" Finding Compile CutAtBound "a part was left out at a bound";
    UNKNOWN_PARAMETER = "F0809" Finding Compile UnknownParameter "a parameter that no template declares";
    CLOSED_SERVICE = "A0901" Note Runtime ClosedService "a service that has ended or is closed to new customers";
    CUT_ANSWER = "A0902" Note Runtime CutAnswer "an answer that was cut";
    EMPTY_ANSWER = "A0903" Note Runtime EmptyAnswer "an answer without rows";
    HIDDEN_GLUE = "A0904" Note Runtime HiddenGlue "glue that was looked through";
    GENERAL_KNOWLEDGE = "A0905" Note Runtime GeneralKnowledge "a fact without a page to cite";
    SMALLER_PICTURE = "A0906" Note Runtime SmallerPicture "a picture that was made smaller to stay within a bound";
    MISSING_GLYPH = "A0907" Note Runtime MissingGlyph "a letter that no font here has";
    BAD_ICON = "A0908" Note Runtime BadIcon "an icon that cannot be used";
    UNPROVEN = "A0909" Note Runtime Unproven "a no that rests on what the catalog lacks";
    READ_AS = "A0910" Note Runtime ReadAs "a question that was answered as a plainer one";
    BAD_USAGE = "U1001" UsageError Compile BadUsage "a command that is not used this way";
    FAULT = "U1003" InternalError Runtime Fault "a fault in archq itself";
    CANNOT_WRITE = "U1002" UsageError Runtime CannotWrite "an output cannot be written";
}
