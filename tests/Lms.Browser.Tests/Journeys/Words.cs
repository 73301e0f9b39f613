namespace Lms.BrowserTests.Journeys;

/// <summary>What a learner reads on the way, in one language: the interface, and the course <c>hygiene</c>.</summary>
internal sealed record Words
{
    public required string Locale { get; init; }
    public required string Course { get; init; }
    public required string CreateAccount { get; init; }
    public required string Name { get; init; }
    public required string Email { get; init; }
    public required string Password { get; init; }
    public required string StartCourse { get; init; }
    public required string FirstLesson { get; init; }
    public required string SecondLesson { get; init; }
    public required string WrongOption { get; init; }
    public required string WhyWrong { get; init; }
    public required string RightOption { get; init; }
    public required string WhyRight { get; init; }
    public required string CheckAnswer { get; init; }
    public required string AnswerAgain { get; init; }
    public required string LessonDone { get; init; }
    public required string Assessment { get; init; }
    public required string Start { get; init; }
    public required string MoveUp { get; init; }
    public required string PositionOf { get; init; }
    public required string Next { get; init; }
    public required string LookOver { get; init; }
    public required string Submit { get; init; }
    public required string Passed { get; init; }
    public required string ByObjective { get; init; }
    public required IReadOnlyList<string> Objectives { get; init; }
    public required IReadOnlyList<string> Scores { get; init; }
    public required string Finish { get; init; }
    public required string YourCertificate { get; init; }
    public required string SeeWhatOthersSee { get; init; }
    public required string Valid { get; init; }
    public required string Transcript { get; init; }
    public required string Completed { get; init; }
    public required string Menu { get; init; }

    /// <summary>The beginning of each question, with what answers it: options or the text to type, or steps in order.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Answers { get; init; }

    public static readonly Words English = new()
    {
        Locale = "en-GB",
        Course = "Personal hygiene",
        CreateAccount = "Create an account",
        Name = "Full name",
        Email = "E-mail",
        Password = "Password",
        StartCourse = "Start this course",
        FirstLesson = "Washing hands",
        SecondLesson = "Putting on a gown",
        WrongOption = "After work",
        WhyWrong = "Too late for the product.",
        RightOption = "Before entering",
        WhyRight = "Clean hands come first.",
        CheckAnswer = "Check the answer",
        AnswerAgain = "Answer again",
        LessonDone = "Mark done and continue",
        Assessment = "Final assessment",
        Start = "Start",
        MoveUp = "Move up: ",
        PositionOf = "Position of: ",
        Next = "Next",
        LookOver = "Look over my answers",
        Submit = "Submit",
        Passed = "Passed",
        ByObjective = "By objective",
        Objectives = ["Wash hands before entering", "Put on a gown without touching its outside"],
        Scores = ["2 of 2", "1 of 1"],
        Finish = "Finish",
        YourCertificate = "Your certificate",
        SeeWhatOthersSee = "See what others see",
        Valid = "This certificate is valid",
        Transcript = "Transcript",
        Completed = "Completed",
        Menu = "Menu",
        Answers = new Dictionary<string, IReadOnlyList<string>>
        {
            ["What touches the product?"] = ["Nothing that is not clean"],
            ["How many seconds"] = ["20"],
            ["Put the steps in order"] = ["Wet", "Lather", "Rinse"],
            ["Your gown is torn"] = ["Change it"],
        },
    };

    public static readonly Words French = new()
    {
        Locale = "fr-FR",
        Course = "Hygiène personnelle",
        CreateAccount = "Créer un compte",
        Name = "Nom complet",
        Email = "E-mail",
        Password = "Mot de passe",
        StartCourse = "Commencer ce cours",
        FirstLesson = "Se laver les mains",
        SecondLesson = "Mettre une blouse",
        WrongOption = "Après le travail",
        WhyWrong = "Trop tard pour le produit.",
        RightOption = "Avant d’entrer",
        WhyRight = "Les mains propres d’abord.",
        CheckAnswer = "Vérifier la réponse",
        AnswerAgain = "Répondre à nouveau",
        LessonDone = "Marquer comme faite et continuer",
        Assessment = "Évaluation finale",
        Start = "Commencer",
        MoveUp = "Monter: ",
        PositionOf = "Position de\u202f: ",
        Next = "Suivant",
        LookOver = "Relire mes réponses",
        Submit = "Envoyer",
        Passed = "Réussie",
        ByObjective = "Par objectif",
        Objectives = ["Se laver les mains avant d’entrer", "Mettre une blouse sans en toucher l’extérieur"],
        Scores = ["2 sur 2", "1 sur 1"],
        Finish = "Terminer",
        YourCertificate = "Votre certificat",
        SeeWhatOthersSee = "Voir ce que les autres voient",
        Valid = "Ce certificat est valable",
        Transcript = "Relevé",
        Completed = "Achevé",
        Menu = "Menu",
        Answers = new Dictionary<string, IReadOnlyList<string>>
        {
            ["Qu’est-ce qui touche le produit"] = ["Rien qui ne soit propre"],
            ["Combien de secondes"] = ["20"],
            ["Mettez les étapes dans l’ordre"] = ["Mouiller", "Savonner", "Rincer"],
            ["Votre blouse est déchirée"] = ["La changer"],
        },
    };
}
