namespace Probity.Rating.Expressions;

/// <summary>Computes a checked expression over a frame: the values of its scope by slot.</summary>
internal static class Interpreter
{
    /// <summary>The value; missing or failed where a part that matters is.</summary>
    public static Operand Compute(Typed expression, Operand[] frame) => expression switch
    {
        Typed.Constant constant => constant.Value,
        Typed.Slot slot => frame[slot.Number],
        Typed.Apply apply => Apply(apply, frame),
        Typed.Logic logic => Decide(logic, frame),
        Typed.Choice choice => Compute(choice.If, frame) switch
        {
            Operand.Truth truth => Compute(truth.Holds ? choice.Then : choice.Else, frame),
            var unknown => unknown,
        },
        Typed.IsKnown known => Operand.Truth.Of(Compute(known.Of, frame).IsKnown == known.Wanted),
        Typed.ListOf list => ListOf(list, frame),
        Typed.Every every => Quantify(every, frame),
        Typed.Broken => new Operand.Failed("its rule is wrong"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Operand Apply(Typed.Apply apply, Operand[] frame)
    {
        var arguments = new Operand[apply.Arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            Operand argument = Compute(apply.Arguments[i], frame);
            if (!argument.IsKnown)
            {
                return argument;
            }

            arguments[i] = argument;
        }

        return apply.Function.Compute(arguments);
    }

    private static Operand Decide(Typed.Logic logic, Operand[] frame)
    {
        Operand left = Compute(logic.Left, frame);
        if (left is Operand.Truth first && first.Holds != logic.IsAnd)
        {
            return first;
        }

        Operand right = Compute(logic.Right, frame);
        return right is Operand.Truth second && second.Holds != logic.IsAnd ? second : left.IsKnown ? right : left;
    }

    private static Operand ListOf(Typed.ListOf list, Operand[] frame)
    {
        var items = new Operand[list.Items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = Compute(list.Items[i], frame);
            if (!items[i].IsKnown)
            {
                return items[i];
            }
        }

        return new Operand.Items([.. items]);
    }

    private static Operand Quantify(Typed.Every every, Operand[] frame)
    {
        if (Compute(every.Over, frame) is not Operand.Items over)
        {
            return Compute(every.Over, frame);
        }

        var inner = new Operand[Math.Max(frame.Length, every.ItemSlot + 1)];
        frame.CopyTo(inner, 0);
        int holding = 0;
        Operand? unknown = null;
        foreach (Operand item in over.Content)
        {
            inner[every.ItemSlot] = item;
            Operand result = Compute(every.Holds, inner);
            unknown ??= result.IsKnown ? null : result;
            holding += result is Operand.Truth { Holds: true } ? 1 : 0;
            if (every.Quantifier == Quantifier.All && result is Operand.Truth { Holds: false })
            {
                return Operand.Truth.False;
            }

            if (every.Quantifier == Quantifier.Exists && holding > 0)
            {
                return Operand.Truth.True;
            }
        }

        return unknown ?? Operand.Truth.Of(every.Quantifier switch
        {
            Quantifier.All => true,
            Quantifier.Exists => false,
            _ => holding == 1,
        });
    }
}
